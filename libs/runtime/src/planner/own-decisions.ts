import type { PlanDay } from '@tidemark/kernel';
import type { Decision } from '@tidemark/planning';

interface DayDecisions {
  readonly day: PlanDay;
  readonly decisions: readonly Decision[];
}

/** Decisions that the planner itself came to and that the log does not hold yet. */
export class OwnDecisions {
  /** What fences decided on a day, by plan (TF-2, TF-3). */
  readonly #ofDays = new Map<string, DayDecisions>();
  #ofRuns: Decision[] = [];

  ofDay(plan: string, day: PlanDay, decisions: readonly Decision[]): void {
    if (decisions.length > 0) this.#ofDays.set(plan, { day, decisions });
  }

  ofRun(decisions: readonly Decision[]): void {
    this.#ofRuns.push(...decisions);
  }

  /** Nothing is planned between a day and what the fences decide on it. */
  isWaiting(plan: string): boolean {
    return this.#ofDays.has(plan);
  }

  /** A decision came along in the log: that of a day need not be recorded again. */
  settled(decision: Decision): void {
    if (decision.kind !== 'dayDecided') return;
    if (this.#ofDays.get(decision.plan)?.day === decision.day) this.#ofDays.delete(decision.plan);
  }

  /** All that is to be recorded now; those of days wait on until they come along. */
  take(): readonly Decision[] {
    const ofDays = [...this.#ofDays.values()].flatMap(({ decisions }) => decisions);
    const decisions = [...ofDays, ...this.#ofRuns];
    this.#ofRuns = [];
    return decisions;
  }
}
