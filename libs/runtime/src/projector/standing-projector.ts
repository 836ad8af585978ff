import { setTimeout as pause } from 'node:timers/promises';
import { projections, type Projection } from '@tidemark/projections';
import { BuildGone, CheckpointMoved } from '@tidemark/streams';
import type { Timer } from '../clock/timer.js';
import { retriesWith } from '../intake/retries.js';
import { createProjector, type CreateProjectorOptions } from './create-projector.js';
import type { Projector } from './projector.js';
import { ProjectorWatch, projectorWatchLimits } from './projector-watch.js';

export interface StandingProjectorOptions extends CreateProjectorOptions {
  readonly timer: Timer;
  /** Told whenever this process begins to work, and when it stands by again. */
  readonly onTurn?: (turn: 'works' | 'standsBy') => void;
}

/**
 * One of any number of projectors of the same read models: one works, the others stand by, each
 * ready to take over. One that was overtaken while it slept writes nothing and stands by again.
 */
export class StandingProjector {
  readonly #options: StandingProjectorOptions;
  readonly #projections: readonly Projection[];
  #working: Projector | undefined;

  constructor(options: StandingProjectorOptions) {
    this.#options = options;
    this.#projections = options.projections ?? Object.values(projections);
  }

  /** The projector at work in this process; undefined while it stands by. */
  get working(): Projector | undefined {
    return this.#working;
  }

  /**
   * Stands by and works in turn, until the signal.
   *
   * @throws why no more can be folded: another one's taking over is no reason.
   */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#standBy(signal);
      if (signal.aborted) return;
      await this.#work(signal);
    }
  }

  async #standBy(signal: AbortSignal): Promise<void> {
    const { sleep = pause } = this.#options;
    const retries = retriesWith(async (milliseconds) => {
      await sleep(milliseconds);
    });
    const watch = new ProjectorWatch({ ...this.#options, projections: this.#projections });
    while (!signal.aborted && !(await retries.run(() => watch.isAbandoned()))) {
      await this.#pause(signal);
    }
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { timer: _, onTurn = () => undefined, ...options } = this.#options;
    const projector = createProjector(options);
    this.#working = projector;
    onTurn('works');
    try {
      const failure = await untilItEnds(projector, signal);
      if (failure !== undefined) throw failure;
    } catch (failure) {
      if (!isOvertaken(failure)) throw failure;
      onTurn('standsBy');
    } finally {
      this.#working = undefined;
      await projector.stop();
    }
  }

  #pause(signal: AbortSignal): Promise<void> {
    const { timer, clock } = this.#options;
    return new Promise((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        cancel();
        resolve();
      };
      const cancel = timer.at(clock.now() + projectorWatchLimits.lookEveryMs, end);
      signal.addEventListener('abort', end);
    });
  }
}

/** Resolves to why it ended; undefined: by the signal. */
async function untilItEnds(projector: Projector, signal: AbortSignal): Promise<unknown> {
  const over = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      const end = (): void => resolve(undefined);
      signal.addEventListener('abort', end, { signal: over.signal });
      if (signal.aborted) end();
      projector.start(resolve).catch(reject);
    });
  } finally {
    over.abort();
  }
}

function isOvertaken(failure: unknown): boolean {
  return failure instanceof CheckpointMoved || failure instanceof BuildGone;
}
