import { randomUUID } from 'node:crypto';
import { noEvents, type EventStore } from '@tidemark/streams';
import {
  decodeStored,
  encodeLeaving,
  encodeTakeover,
  metaOf,
  plannersStream,
  type PlannerProcess,
  type StoredContent,
} from '@tidemark/wire';
import type { Timer } from '../clock/timer.js';
import type { Retries } from '../intake/retries.js';

export interface LeaseOptions {
  readonly store: EventStore;
  readonly process: PlannerProcess;
  readonly retries: Retries;
  readonly clock: { now(): number };
  readonly timer: Timer;
  /** Whether the process at that address answers and still is the one that is named. */
  readonly isUp: (other: PlannerProcess) => Promise<boolean>;
}

/** How a standby looks after the live planner: about two seconds until it takes over. */
export const leaseLimits = { lookEveryMs: 500, silentLooks: 3 } as const;

/** Who plans a company, as its stream of planners tells. */
export interface Holder {
  /** Undefined: nobody, or who did has left. */
  readonly process: PlannerProcess | undefined;
  /** Revision of the stream. */
  readonly revision: number;
}

/** Reads who plans a company. */
export async function readHolder(store: EventStore, company: string): Promise<Holder> {
  const reading = { limit: 1, direction: 'backwards' as const };
  const [last] = await store.readStream(plannersStream(company), reading);
  if (last === undefined) return { process: undefined, revision: noEvents };
  const meaning = decodeStored(last);
  const process = meaning.kind === 'takeover' ? meaning.planner : undefined;
  return { process, revision: last.revision };
}

/**
 * Which of several processes plans a company: one at a time, the others stand by. A mistake about
 * who is up is safe, since whoever was replaced cannot write any more (see `Fence`).
 */
export class PlannerLease {
  readonly #options: LeaseOptions;

  constructor(options: LeaseOptions) {
    this.#options = options;
  }

  /** Resolves to true when this process is to plan; to false when the signal ended the wait. */
  async acquire(signal: AbortSignal): Promise<boolean> {
    let silent = 0;
    let watched = '';
    while (!signal.aborted) {
      const { process, revision } = await this.#holder();
      if (process?.holder !== watched) silent = 0;
      watched = process?.holder ?? '';
      if (process !== undefined && !this.#isOwn(process)) {
        silent = (await this.#options.isUp(process)) ? 0 : silent + 1;
      }
      const isFree = process === undefined || this.#isOwn(process);
      if (isFree || silent >= leaseLimits.silentLooks) {
        if (await this.#tell(encodeTakeover(this.#options.process), revision)) return true;
        continue;
      }
      await this.#pause(signal);
    }
    return false;
  }

  /** Resolves when another process has taken over, or on abort. */
  async lost(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { process } = await this.#holder();
      if (process === undefined || !this.#isOwn(process)) return;
      await this.#pause(signal);
    }
  }

  /** Says that this process plans no more, so that another one need not find out. */
  async leave(): Promise<void> {
    const { process, revision } = await this.#holder();
    if (process === undefined || !this.#isOwn(process)) return;
    await this.#tell(encodeLeaving(process), revision);
  }

  #isOwn({ holder }: PlannerProcess): boolean {
    return holder === this.#options.process.holder;
  }

  #holder(): Promise<Holder> {
    const { store, process, retries } = this.#options;
    return retries.run(() => readHolder(store, process.company));
  }

  /** False if another process told something first. */
  async #tell(content: StoredContent, expected: number): Promise<boolean> {
    const { store, process, retries, clock } = this.#options;
    const event = { id: randomUUID(), meta: metaOf('planner', clock.now()), ...content };
    const stream = plannersStream(process.company);
    return (await retries.run(() => store.append(stream, [event], expected))).ok;
  }

  #pause(signal: AbortSignal): Promise<void> {
    const { timer, clock } = this.#options;
    return new Promise((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        cancel();
        resolve();
      };
      const cancel = timer.at(clock.now() + leaseLimits.lookEveryMs, end);
      signal.addEventListener('abort', end);
    });
  }
}
