import { setTimeout as pause } from 'node:timers/promises';
import {
  StandingProjector,
  type Projector,
  type StandingProjectorOptions,
} from '@tidemark/runtime';
import { Outage } from '@tidemark/streams';
import type { Readiness } from '../operating/health.js';
import type { Logger } from '../operating/log.js';

export interface ProjectorHostOptions extends Omit<StandingProjectorOptions, 'onTurn'> {
  readonly log: Logger;
}

const againMs = 1_000;

/** Projects whenever no other process does, through outages of the stores, until it is stopped. */
export class ProjectorHost {
  readonly #log: Logger;
  readonly #standing: StandingProjector;
  readonly #stopping = new AbortController();
  #failure: unknown;
  #running: Promise<void> = Promise.resolve();

  constructor({ log, ...options }: ProjectorHostOptions) {
    this.#log = log;
    const onTurn = (turn: 'works' | 'standsBy'): void => {
      log.info(turn === 'works' ? 'Projects' : 'Another process projects: this one stands by');
    };
    this.#standing = new StandingProjector({ ...options, onTurn });
  }

  /** The projector that works here; undefined: this process stands by. */
  get working(): Projector | undefined {
    return this.#standing.working;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Finishes the batch that is begun, and leaves the work to the next one. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  readiness(): Readiness {
    const { working } = this;
    const told = { role: 'projector', state: working === undefined ? 'standsBy' : 'works' };
    if (this.#failure !== undefined) {
      return { isReady: false, missing: 'The read models take up no more events.', told };
    }
    if (working === undefined || working.isReady) return { isReady: true, told };
    return { isReady: false, missing: 'The read models are being folded from the log.', told };
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#standing.run(signal);
      } catch (failure) {
        if (signal.aborted) return;
        if (!(failure instanceof Outage)) {
          this.#failure = failure;
          this.#log.fatal({ err: failure }, 'The read models take up no more events');
          return;
        }
        this.#log.error({ err: failure }, 'Projecting stopped; it begins again');
        await pause(againMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
