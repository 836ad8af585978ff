import type { ProjectedEvent, Projection } from '@tidemark/projections';
import {
  CheckpointMoved,
  comparePositions,
  type Checkpoint,
  type CommittedBatch,
  type Generation,
  type ModelWrite,
  type Position,
  type ReadModelStore,
  type RowChange,
} from '@tidemark/streams';
import type { Retries } from '../intake/retries.js';
import { projectedEvents } from './projected-events.js';

/** One build of one read model. */
export interface Build {
  readonly projection: Projection;
  readonly generation: Generation;
}

/** Builds that have folded the log up to one and the same place, and go on together. */
export class Track {
  readonly builds: Build[];
  #checkpoint: Checkpoint;

  constructor(builds: readonly Build[], checkpoint: Checkpoint) {
    this.builds = [...builds];
    this.#checkpoint = checkpoint;
  }

  get checkpoint(): Checkpoint {
    return this.#checkpoint;
  }

  get through(): Position {
    return this.#checkpoint.through;
  }

  hasReached(position: Position): boolean {
    return comparePositions(this.through, position) >= 0;
  }

  /**
   * Writes what a batch changes, rows and checkpoints of all builds in one transaction.
   *
   * @throws CheckpointMoved, BuildGone where another process keeps these builds.
   */
  async fold(
    { events, through, resume }: CommittedBatch,
    { models, retries }: { readonly models: ReadModelStore; readonly retries: Retries },
  ): Promise<void> {
    const checkpoint = { through, resume };
    const projected = await projectedEvents(events);
    const after = this.through;
    const writes = (): ModelWrite[] =>
      this.builds.map(({ projection, generation }) => ({
        generation,
        after,
        checkpoint,
        changes: changesOf(projection, projected),
      }));
    try {
      await retries.run(() => models.write(writes()));
    } catch (failure) {
      // A write whose answer was lost has come through, or another process wrote the same.
      if (!(failure instanceof CheckpointMoved) || failure.found !== through) throw failure;
    }
    this.#checkpoint = checkpoint;
  }

  /** Takes the builds of another track along, each in the place of the one before it. */
  join(other: Track): void {
    for (const build of other.builds) {
      const { name } = build.projection.shape;
      const before = this.builds.findIndex(({ projection }) => projection.shape.name === name);
      if (before < 0) this.builds.push(build);
      else this.builds[before] = build;
    }
  }
}

function* changesOf(
  projection: Projection,
  events: readonly ProjectedEvent[],
): Generator<RowChange, void, void> {
  for (const event of events) yield* projection.fold(event);
}
