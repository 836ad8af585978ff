import type { PlanDay, Refusal, StateExchange } from '@tidemark/kernel';
import {
  createPlanningEngine,
  type EngineOptions,
  type PlanRevision,
  type PlanningEngine,
} from '@tidemark/planning';
import type { Position, StoredEvent } from '@tidemark/streams';
import { toPlannerEvent, toPlanningInput, type PlannerEvent } from '@tidemark/wire';
import { OwnDecisions } from './own-decisions.js';

/**
 * The plans of a company as its inputs make them, one event after the other: what follows what is
 * settled here, for the planner that publishes and for whoever folds the log again to compare.
 */
export class PlanFold {
  readonly engine: PlanningEngine;
  readonly ownDecisions = new OwnDecisions();
  /** Why the last run or copy could not be made when its turn came. */
  refused: Refusal | undefined;
  /** Plans that wait for the end of a batch; all others follow event by event (PL-7). */
  readonly #exact = new Set<string>();
  /** Events that were taken. */
  folded = 0;

  /** @param trace is told what every run does, while it is made (TX-1). */
  constructor(company: string, trace?: EngineOptions['trace']) {
    this.engine = createPlanningEngine({ company, ...(trace === undefined ? {} : { trace }) });
  }

  /**
   * Saves or restores everything, between two batches: every plan is followed to its end and no
   * decision of its own waits to be recorded.
   */
  *exchange(io: StateExchange): Generator<void, void, void> {
    this.folded = io.value(this.folded);
    io.set(this.#exact);
    yield* this.engine.exchange(io);
  }

  /**
   * Takes one event; every revision that it leads to is yielded as soon as it is made. An exact
   * plan that `followsHere` names is followed at this very place.
   */
  *take(
    event: StoredEvent,
    followsHere: (plan: string) => boolean = () => false,
  ): Generator<PlanRevision, void, void> {
    this.folded += 1;
    const planned = toPlannerEvent(event);
    if (planned !== undefined) {
      yield* this.follow();
      yield* this.#make(planned, event.position);
      return;
    }
    const input = toPlanningInput(event);
    if (input === undefined) return;
    if (input.kind === 'day') {
      yield* this.follow();
      this.#decideDay(input.day);
    }
    this.engine.apply(input, event.position);
    if (input.kind === 'decision') this.ownDecisions.settled(input.decision);
    if (input.kind === 'planDeleted') yield* this.#followToEnd(input.plan);
    if (input.kind === 'planDefined') {
      if (input.plan.continuity === 'exact') this.#exact.add(input.plan.id);
      else this.#exact.delete(input.plan.id);
    }
    for (const plan of this.engine.planIds()) {
      if (!this.#exact.has(plan) || followsHere(plan)) yield* this.#followToEnd(plan);
    }
  }

  /** Brings every plan up to what was taken: the end of a batch. */
  *follow(): Generator<PlanRevision, void, void> {
    for (const plan of this.engine.planIds()) {
      // Nothing is planned between a day and what the fences decide on it.
      if (!this.ownDecisions.isWaiting(plan)) yield* this.#followToEnd(plan);
    }
  }

  /** Decisions, explosions that inputs called for, then what is behind: each a revision. */
  *#followToEnd(plan: string): Generator<PlanRevision, void, void> {
    let revision = this.engine.follow(plan);
    for (; revision !== undefined; revision = this.engine.follow(plan)) yield revision;
  }

  /** Fences decide from the plan as it stands before the day (TF-2, TF-3). */
  #decideDay(day: PlanDay): void {
    for (const plan of this.engine.planIds()) {
      this.ownDecisions.ofDay(plan, day, this.engine.decideDay(plan, day));
    }
  }

  *#make(event: PlannerEvent, position: Position): Generator<PlanRevision, void, void> {
    const outcome =
      event.kind === 'runRecorded'
        ? this.engine.run(event.run.request, position)
        : this.engine.copyPlan(event.from, event.to, position);
    this.refused = outcome.ok ? undefined : outcome.failure;
    if (outcome.ok) yield outcome.value;
  }
}
