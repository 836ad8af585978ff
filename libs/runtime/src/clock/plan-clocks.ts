import type { StoredEvent } from '@tidemark/streams';
import {
  decodeStored,
  readSchedule,
  recordedTimeOf,
  type Schedule,
  type StoredMeta,
} from '@tidemark/wire';

/** Who records the runs of schedules; others may run the plan too, and their runs do not count. */
export const schedulePrincipal = 'schedule';

/** A plan that runs by itself. */
export interface PlanClock {
  readonly plan: string;
  readonly text: string;
  readonly schedule: Schedule;
  readonly copyTo: string | undefined;
  /** The moment after which the next run is due (milliseconds since 1970 UTC). */
  since: number;
  /** It has run, and its copy is not made yet. */
  owesCopy: boolean;
}

/** The schedules of a company's plans and what became of them: a fold of the log. */
export class PlanClocks {
  readonly #clocks = new Map<string, PlanClock>();
  timeZone: string;

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  [Symbol.iterator](): Iterator<PlanClock> {
    return this.#clocks.values();
  }

  /** When the next run is due; undefined: none will be. */
  get nextDue(): number | undefined {
    let least: number | undefined;
    for (const { schedule, since } of this.#clocks.values()) {
      const due = schedule.nextAfter(since, this.timeZone);
      if (due !== undefined && (least === undefined || due < least)) least = due;
    }
    return least;
  }

  take(event: StoredEvent): void {
    const meaning = decodeStored(event);
    if (meaning.kind === 'fact') {
      const { fact } = meaning;
      if (fact.kind === 'company') this.timeZone = fact.settings.timeZone;
      if (fact.kind === 'planDeleted') this.#clocks.delete(fact.plan);
      if (fact.kind === 'planDefined') this.#define(fact.plan, recordedAt(event));
    }
    if (meaning.kind !== 'planner') return;
    const { event: told } = meaning;
    const clock = this.#clocks.get(told.kind === 'runRecorded' ? told.run.plan : told.from);
    if (clock === undefined || principalOf(event) !== schedulePrincipal) return;
    clock.owesCopy = told.kind === 'runRecorded' && clock.copyTo !== undefined;
    clock.since = Math.max(clock.since, recordedAt(event));
  }

  /** A plan defined anew with the same schedule goes on with it. */
  #define(
    { id, schedule: text, copyTo }: { id: string; schedule?: string; copyTo?: string },
    at: number,
  ): void {
    const known = this.#clocks.get(id);
    const read = text === undefined ? undefined : readSchedule(text);
    if (text === undefined || read?.ok !== true) {
      this.#clocks.delete(id);
      return;
    }
    const goesOn = known?.text === text;
    this.#clocks.set(id, {
      plan: id,
      text,
      schedule: read.value,
      copyTo,
      since: goesOn ? known.since : at,
      owesCopy: goesOn && known.owesCopy && copyTo !== undefined,
    });
  }
}

function metaOf({ meta }: StoredEvent): Partial<StoredMeta> {
  return typeof meta === 'object' && meta !== null ? meta : {};
}

function principalOf(event: StoredEvent): string | undefined {
  return metaOf(event).principal;
}

function recordedAt(event: StoredEvent): number {
  return recordedTimeOf(event) ?? 0;
}
