import type { Projection } from '@tidemark/projections';
import { comparePositions, type EventStore, type ReadModelStore } from '@tidemark/streams';

/** How a projector that stands by looks after the one that works: about three seconds. */
export const projectorWatchLimits = { lookEveryMs: 500, silentLooks: 6 } as const;

interface Watched {
  readonly store: EventStore;
  readonly models: ReadModelStore;
  readonly projections: readonly Projection[];
}

/**
 * Finds out whether the read models are being kept. They tell it themselves: while the log is ahead
 * of them, their builds move on, or nobody works. A mistake about that costs work and no more: a
 * build is written only from where its writer left it.
 */
export class ProjectorWatch {
  readonly #watched: Watched;
  #stood = '';
  #silent = 0;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** Looks once; true if nothing has moved on for so many looks while there was work to do. */
  async isAbandoned(): Promise<boolean> {
    const { isBehind, standing } = await this.#look();
    const isSilent = isBehind && standing === this.#stood;
    this.#stood = standing;
    this.#silent = isSilent ? this.#silent + 1 : 0;
    return this.#silent >= projectorWatchLimits.silentLooks;
  }

  /** Builds of older versions count for nothing; those of newer ones are a newer release's. */
  async #look(): Promise<{ readonly isBehind: boolean; readonly standing: string }> {
    const { store, models, projections } = this.#watched;
    const head = await store.head();
    const standing: string[] = [];
    let isBehind = false;
    for (const { shape } of projections) {
      const builds = await models.builds(shape.name);
      const current = builds.filter(({ version }) => version >= shape.version);
      isBehind ||= !current.some(
        ({ isServed, through }) => isServed && comparePositions(through, head) >= 0,
      );
      standing.push(...current.map((build) => JSON.stringify(build)));
    }
    return { isBehind, standing: standing.join(' ') };
  }
}
