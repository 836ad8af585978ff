import { setTimeout as pause } from 'node:timers/promises';
import {
  comparePositions,
  type Bell,
  type Position,
  type ReadModelReader,
  type ReadModelShape,
  type ReadModelStore,
} from '@tidemark/streams';

export interface ReadModelsOptions {
  readonly store: ReadModelStore;
  /** Rings when the read models have moved on, if the projector lives in this process. */
  readonly bell?: Bell;
}

/** How often a checkpoint is looked at when nobody rings. */
const pollMs = 20;

/** Read models as readers use them, wherever they are kept and whoever writes them. */
export class ReadModels {
  readonly #options: ReadModelsOptions;

  constructor(options: ReadModelsOptions) {
    this.#options = options;
  }

  /** Answers of one moment. @throws ReadModelNotReady, Outage. */
  read<Answer>(work: (reader: ReadModelReader) => Promise<Answer>): Promise<Answer> {
    return this.#options.store.read(work);
  }

  /** Up to where a read model has folded the log. */
  async through(shape: ReadModelShape): Promise<Position> {
    const { through } = await this.read((reader) => reader.checkpoint(shape));
    return through;
  }

  /**
   * Waits until a read model has folded up to `position`, `withinMs` at most.
   *
   * @returns how far it is: at least `position`, or the time is over.
   */
  async reach(shape: ReadModelShape, position: Position, withinMs: number): Promise<Position> {
    const { bell } = this.#options;
    const over = AbortSignal.timeout(withinMs);
    for (;;) {
      const heard = bell?.rings ?? 0;
      const through = await this.through(shape);
      const isThere = comparePositions(through, position) >= 0;
      if (isThere || over.aborted || bell?.silenced === true) return through;
      if (bell === undefined) await pause(pollMs);
      else await bell.next(heard, over);
    }
  }
}
