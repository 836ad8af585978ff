import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import {
  createLease,
  createPlanner,
  PlannerReplaced,
  type PlannerLease,
  type SnapshotOptions,
  type Timer,
} from '@tidemark/runtime';
import { Outage, StoreClosed, type EventStore } from '@tidemark/streams';
import type { PlannerProcess } from '@tidemark/wire';
import type { Logger } from '../operating/log.js';
import { isUp } from './is-up.js';
import { PlannedCompany, type PlanningNews } from './planned-company.js';
import type { OpenDesk } from './planner-desks.js';

export interface PlannerHostOptions {
  readonly company: string;
  readonly store: EventStore;
  /** Where this process answers the others. */
  readonly address: string;
  readonly clock: { now(): number };
  readonly timer: Timer;
  readonly snapshots?: SnapshotOptions;
  readonly news: PlanningNews;
  readonly log: Logger;
  /** Told of a failure after which this process can write no more. */
  readonly onFatal: (failure: unknown) => void;
}

/** `standsBy`: another process plans the company; `failed`: nobody here will, until a restart. */
export type HostState = 'standsBy' | 'starts' | 'plans' | 'failed';

interface Term {
  readonly process: PlannerProcess;
  readonly planned: PlannedCompany;
}

const againMs = 1_000;

/**
 * Plans one company whenever no other process does: stands by, takes over, plans until it is
 * replaced or stopped, stands by again. Each time is a term of its own with a name of its own.
 */
export class PlannerHost {
  readonly #options: PlannerHostOptions;
  readonly #stopping = new AbortController();
  #state: HostState = 'standsBy';
  #term: Term | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: PlannerHostOptions) {
    this.#options = options;
  }

  get company(): string {
    return this.#options.company;
  }

  get state(): HostState {
    return this.#state;
  }

  /** The company as it is planned here now. */
  get planned(): PlannedCompany | undefined {
    return this.#term?.planned;
  }

  get desk(): OpenDesk | undefined {
    if (this.#term === undefined) return undefined;
    const { process, planned } = this.#term;
    return { holder: process.holder, desk: planned.desk };
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Finishes what is begun, and leaves the company to the next one. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { log, company, onFatal } = this.#options;
    while (!signal.aborted) {
      this.#state = 'standsBy';
      try {
        await this.#oneTerm(signal);
      } catch (failure) {
        if (signal.aborted) return;
        if (failure instanceof PlannerReplaced) {
          log.warn({ company, reason: failure.message }, 'Replaced: this process stands by again');
          continue;
        }
        if (!(failure instanceof Outage) || failure.fatal) {
          this.#state = 'failed';
          log.fatal({ company, err: failure }, 'A company can be planned here no more');
          if (failure instanceof Outage) onFatal(failure);
          return;
        }
        log.error({ company, err: failure }, 'Planning stopped; it begins again');
        await pause(againMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #oneTerm(signal: AbortSignal): Promise<void> {
    const { company, address, store, clock, timer, log } = this.#options;
    const process = { company, holder: randomUUID(), address };
    const lease = createLease({ store, process, clock, timer, isUp });
    const began = clock.now();
    if (!(await lease.acquire(signal))) return;
    this.#state = 'starts';
    log.info({ company, holder: process.holder, waitedMs: clock.now() - began }, 'Takes over');
    try {
      await this.#plan(process, lease, signal);
    } finally {
      // Whoever has taken over meanwhile is not disturbed.
      await lease.leave().catch((failure: unknown) => {
        log.warn({ company, err: failure }, 'The company could not be left: a standby finds out');
      });
    }
  }

  /** Plans until the term ends: by a failure, which is thrown, by another process, or by `stop`. */
  async #plan(process: PlannerProcess, lease: PlannerLease, signal: AbortSignal): Promise<void> {
    const term = new AbortController();
    let failure: unknown;
    const end = (thrown?: unknown): void => {
      if (!(thrown instanceof StoreClosed)) failure ??= thrown;
      term.abort();
    };
    const planned = this.#planned(process, end);
    const lost = lease.lost(term.signal).then(() => {
      const { company, log } = this.#options;
      if (!term.signal.aborted) log.warn({ company }, 'Another process plans the company now');
      end();
    }, end);
    try {
      await this.#begin({ process, planned }, term.signal);
      if (!term.signal.aborted && !signal.aborted) {
        await once(AbortSignal.any([term.signal, signal]), 'abort');
      }
    } catch (thrown) {
      end(thrown);
    } finally {
      this.#term = undefined;
      term.abort();
      await planned.stop();
      await lost;
    }
    if (failure !== undefined) throw failure;
  }

  async #begin(term: Term, signal: AbortSignal): Promise<void> {
    const { company, clock, log } = this.#options;
    const began = clock.now();
    // Whoever asks waits until the company is taken over: a planner does one thing after the other.
    this.#term = term;
    await term.planned.planner.takeOver();
    await term.planned.start();
    if (signal.aborted) return;
    this.#state = 'plans';
    log.info({ company, foldedMs: clock.now() - began }, 'Plans');
  }

  #planned(process: PlannerProcess, onFailure: (failure: unknown) => void): PlannedCompany {
    const { company, store, clock, timer, snapshots, news } = this.#options;
    const saving = snapshots === undefined ? {} : { snapshots };
    const planner = createPlanner({ store, company, clock, process, ...saving });
    return new PlannedCompany({ ...news, name: company, store, planner, clock, timer, onFailure });
  }
}
