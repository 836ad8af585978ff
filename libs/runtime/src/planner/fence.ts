import { randomUUID } from 'node:crypto';
import {
  lastRevisionOf,
  noEvents,
  streamPages,
  type EventStore,
  type StoredEvent,
} from '@tidemark/streams';
import { decodeStored, encodeTakeover, metaOf, type PlannerProcess } from '@tidemark/wire';
import type { Retries } from '../intake/retries.js';

/** Another process plans the company now: this one must not go on. */
export class PlannerReplaced extends Error {
  override readonly name = 'PlannerReplaced';

  constructor(company: string, found: string) {
    super(
      `Another planner of company ${company} ${found}. ` +
        'Only one plans a company: stop this one, or the other.',
    );
  }
}

interface FenceOptions {
  readonly store: EventStore;
  readonly retries: Retries;
  readonly clock: { now(): number };
  /** Absent: no other process can write here (one process, embedded stores). */
  readonly process: PlannerProcess | undefined;
}

/**
 * Keeps a planner that was replaced from writing. Whoever takes over leaves a mark in every stream
 * that planners write to; every write names the revision that its planner has seen, so that one
 * that slept through the change finds the mark instead and stops, however late it wakes.
 */
export class Fence {
  readonly #options: FenceOptions;
  /** Last revision of each stream that this planner wrote or looked at. */
  readonly #seen = new Map<string, number>();
  /** Revision of this planner's own mark in each stream. */
  readonly #marks = new Map<string, number>();

  constructor(options: FenceOptions) {
    this.#options = options;
  }

  /** Marks a stream as this planner's from here on; a second call does nothing. */
  async mark(stream: string): Promise<void> {
    const { store, retries, clock, process } = this.#options;
    if (process === undefined || this.#seen.has(stream)) return;
    const event = {
      id: randomUUID(),
      meta: metaOf('planner', clock.now()),
      ...encodeTakeover(process),
    };
    for (;;) {
      const expected = await retries.run(() => lastRevisionOf(store, stream));
      const outcome = await retries.run(() => store.append(stream, [event], expected));
      if (!outcome.ok) continue;
      this.#seen.set(stream, outcome.value.revision);
      this.#marks.set(stream, outcome.value.revision);
      return;
    }
  }

  /** The revision to expect when this planner writes to a stream. */
  async expected(stream: string): Promise<number> {
    await this.mark(stream);
    const seen = this.#seen.get(stream);
    if (seen !== undefined) return seen;
    const { store, retries } = this.#options;
    const last = await retries.run(() => lastRevisionOf(store, stream));
    this.#seen.set(stream, last);
    return last;
  }

  /** This planner has seen the stream up to here. */
  saw(stream: string, revision: number): void {
    this.#seen.set(stream, revision);
  }

  /**
   * Looks at what others wrote to a stream since this planner did.
   *
   * @throws PlannerReplaced if another planner has taken over.
   */
  async lookAt(stream: string): Promise<void> {
    const from = (this.#seen.get(stream) ?? noEvents) + 1;
    for await (const page of streamPages(this.#options.store, stream, from)) {
      for (const event of page) {
        this.check(event);
        this.#seen.set(stream, event.revision);
      }
    }
  }

  /**
   * Looks at an event that this planner reads.
   *
   * @throws PlannerReplaced if it is the mark of one that came later.
   */
  check(event: StoredEvent): void {
    const { process } = this.#options;
    const mark = this.#marks.get(event.stream);
    if (process === undefined || mark === undefined || event.revision <= mark) return;
    const meaning = event.type === 'PlannerTookOver' ? decodeStored(event) : undefined;
    if (meaning?.kind !== 'takeover') return;
    throw new PlannerReplaced(process.company, `at ${meaning.planner.address} took over`);
  }
}
