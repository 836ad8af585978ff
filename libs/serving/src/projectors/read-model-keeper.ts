import type { Projector } from '@tidemark/runtime';
import type { Logger } from '../operating/log.js';

export interface KeeperOptions {
  /** The projector that works in this process; undefined: it stands by. */
  readonly working: () => Projector | undefined;
  readonly log: Logger;
}

/** The read models as their operators see them. */
export class ReadModelKeeper {
  readonly #options: KeeperOptions;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  get projector(): Projector | undefined {
    return this.#options.working();
  }

  /** Everything that the log held at the start can be read, and more is taken up. */
  get isReady(): boolean {
    const { projector } = this;
    return projector !== undefined && projector.isReady && projector.failure === undefined;
  }

  /** Begins to build read models anew beside those that are served. */
  rebuild(names: readonly string[]): void {
    const { log } = this.#options;
    this.projector?.rebuild(names).then(
      () => log.info({ names }, 'Read models were rebuilt'),
      (failure: unknown) => log.error({ err: failure, names }, 'A rebuild failed'),
    );
  }
}
