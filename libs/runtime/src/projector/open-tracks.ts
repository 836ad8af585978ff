import type { Projection } from '@tidemark/projections';
import {
  comparePositions,
  origin,
  type Checkpoint,
  type Position,
  type ReadModelStore,
} from '@tidemark/streams';
import { Track, type Build } from './track.js';

/** What a projector finds when it starts. */
export interface OpenedTracks {
  /** Goes on from here; not yet served if there was nothing to go on from. */
  readonly main: Track;
  readonly isServed: boolean;
  /** Read models that are behind, or that have no build of this version. */
  readonly behind: readonly Track[];
}

const atOrigin: Checkpoint = { through: origin, resume: origin };

/**
 * Finds the builds that are served and makes those that are missing: of a new read model, of a new
 * version, or ahead of the log, which then is another log than the one they were folded from.
 */
export async function openTracks(
  models: ReadModelStore,
  projections: readonly Projection[],
  head: Position,
): Promise<OpenedTracks> {
  const served = new Map<Position, { readonly checkpoint: Checkpoint; readonly builds: Build[] }>();
  const missing: Projection[] = [];
  for (const projection of projections) {
    const generation = await models.served(projection.shape);
    const checkpoint = generation === undefined ? undefined : await models.checkpointOf(generation);
    if (
      generation === undefined ||
      checkpoint === undefined ||
      comparePositions(checkpoint.through, head) > 0
    ) {
      missing.push(projection);
      continue;
    }
    const group = served.get(checkpoint.through) ?? { checkpoint, builds: [] };
    served.set(checkpoint.through, group);
    group.builds.push({ projection, generation });
  }
  const [furthest, ...others] = [...served.values()]
    .toSorted((left, right) => comparePositions(right.checkpoint.through, left.checkpoint.through))
    .map(({ builds, checkpoint }) => new Track(builds, checkpoint));
  const made = missing.length === 0 ? [] : [await newTrack(models, missing)];
  if (furthest !== undefined) {
    return { main: furthest, isServed: true, behind: [...others, ...made] };
  }
  const [first = new Track([], atOrigin)] = made;
  return { main: first, isServed: false, behind: [] };
}

/** New empty builds, to be folded from the beginning of the log. */
export async function newTrack(
  models: ReadModelStore,
  projections: readonly Projection[],
): Promise<Track> {
  const builds: Build[] = [];
  for (const projection of projections) {
    builds.push({ projection, generation: await models.create(projection.shape) });
  }
  return new Track(builds, atOrigin);
}
