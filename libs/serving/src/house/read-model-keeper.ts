import type { Projector } from '@tidemark/runtime';
import type { Logger } from '../log.js';

/** The read models of the installation as its operators see them. */
export class ReadModelKeeper {
  readonly projector: Projector;
  readonly #log: Logger;

  constructor(projector: Projector, log: Logger) {
    this.projector = projector;
    this.#log = log;
  }

  /** Everything that the log held at the start can be read, and more is taken up. */
  get isReady(): boolean {
    return this.projector.isReady && this.projector.failure === undefined;
  }

  /** Begins to build read models anew beside those that are served. */
  rebuild(names: readonly string[]): void {
    this.projector.rebuild(names).then(
      () => this.#log.info({ names }, 'Read models were rebuilt'),
      (failure: unknown) => this.#log.error({ err: failure, names }, 'A rebuild failed'),
    );
  }
}
