import { setTimeout as pause } from 'node:timers/promises';
import { logBatches, origin, Outage, type EventStore, type Position } from '@tidemark/streams';
import {
  daysStream,
  intakeStream,
  masterDataStream,
  parseStreamName,
  plansStream,
  streamFamilies,
} from '@tidemark/wire';
import type { Readiness } from '../operating/health.js';
import type { LogFollower } from '../operating/lag.js';

export interface DirectoryOptions {
  readonly store: EventStore;
  /** Told of each company once, when its first event is found. */
  readonly onFound?: (company: string) => void;
  /** Told why no more is followed; an outage that passes is waited out instead. */
  readonly onFailure: (failure: unknown) => void;
}

/** Every company has something in one of these: an item, a day, a plan, a kept event. */
const streamsOf = [masterDataStream, daysStream, plansStream, intakeStream] as const;

/** The families of streams that tell which companies there are. */
export const tellingPrefixes = (['masterData', 'days', 'plans', 'intake'] as const).map(
  (family) => `${streamFamilies[family]}/`,
);

const reconnectMs = 1_000;

/** The companies of a log: those it holds, and new ones as they come. */
export class CompanyDirectory {
  readonly #options: DirectoryOptions;
  readonly #names = new Set<string>();
  readonly #stopping = new AbortController();
  #position: Position = origin;
  #isComplete = false;
  #following: Promise<void> = Promise.resolve();

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  /** Every company that the log held at the start is known. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Ready as soon as it is complete. */
  readiness(role: string): Readiness {
    const told = { role, companies: this.names() };
    const missing = 'The log is being searched for companies.';
    return { isReady: this.#isComplete, told, missing };
  }

  /** As one that follows the log. */
  follower(): LogFollower {
    return { labels: {}, position: this.#position, streamPrefixes: tellingPrefixes };
  }

  names(): readonly string[] {
    return [...this.#names].toSorted();
  }

  /** Whether a company has events: one that is not known yet is looked for in the log. */
  async has(name: string): Promise<boolean> {
    if (this.#names.has(name)) return true;
    for (const streamOf of streamsOf) {
      const [first] = await this.#options.store.readStream(streamOf(name), { limit: 1 });
      if (first === undefined) continue;
      this.#found(name);
      return true;
    }
    return false;
  }

  /** Reads the log to its end, then follows it until `stop`. */
  start(): void {
    this.#following = this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#readOn(signal);
      } catch (failure) {
        if (signal.aborted) return;
        if (!(failure instanceof Outage) || failure.fatal) {
          this.#options.onFailure(failure);
          return;
        }
        await pause(reconnectMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #readOn(signal: AbortSignal): Promise<void> {
    const { store } = this.#options;
    const streams = { streamPrefixes: tellingPrefixes };
    for await (const { events, through } of logBatches(store, {
      after: this.#position,
      ...streams,
    })) {
      this.#take(events, through);
      if (signal.aborted) return;
    }
    this.#isComplete = true;
    for await (const batch of store.follow({ after: this.#position, ...streams, signal })) {
      this.#take(batch.events, batch.through);
    }
  }

  #take(events: readonly { readonly stream: string }[], through: Position): void {
    for (const { stream } of events) {
      const name = parseStreamName(stream);
      if (name !== undefined) this.#found(name.company);
    }
    this.#position = through;
  }

  #found(name: string): void {
    if (this.#names.has(name)) return;
    this.#names.add(name);
    this.#options.onFound?.(name);
  }
}
