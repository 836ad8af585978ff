import { setTimeout as pause } from 'node:timers/promises';
import { projections, type Projection } from '@tidemark/projections';
import type { EventStore, ReadModelShape, ReadModelStore } from '@tidemark/streams';
import { retriesWith } from '../intake/retries.js';
import { Projector } from './projector.js';

export interface CreateProjectorOptions {
  readonly store: EventStore;
  /** Opened for `readModelShapes`, or for those of `projections`. */
  readonly models: ReadModelStore;
  readonly clock: { now(): number };
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** Default: all there are. */
  readonly projections?: readonly Projection[];
}

/** The tables of every read model, as a store wants them when it is opened. */
export const readModelShapes: readonly ReadModelShape[] = Object.values(projections).map(
  ({ shape }) => shape,
);

export function createProjector(options: CreateProjectorOptions): Projector {
  const { sleep = pause, projections: wanted = Object.values(projections), ...rest } = options;
  const sleeping = async (milliseconds: number): Promise<void> => {
    await sleep(milliseconds);
  };
  const retries = retriesWith(sleeping);
  return new Projector({ ...rest, projections: wanted, retries, sleep: sleeping });
}
