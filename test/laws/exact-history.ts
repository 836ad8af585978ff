import fc from 'fast-check';
import type { PlanRevision } from '@tidemark/planning';
import { decisionWeights, histories, inputWeights, Story, worlds } from '@tidemark/testkit';
import type { Happening, ReferenceWorld, Step } from '@tidemark/testkit';
import { CorePlanner } from './core-planner.js';

/** A world and what happens in it. */
export type History = readonly [ReferenceWorld, readonly Happening[]];

/** Histories of inputs and decisions, in worlds that mix all settings. */
export function randomHistories(length = { from: 10, to: 25 }): fc.Arbitrary<History> {
  return fc.tuple(worlds(), histories({ ...inputWeights, ...decisionWeights }, length));
}

/** Histories of what sources and administrators send alone. */
export function inputHistories(length = { from: 8, to: 20 }): fc.Arbitrary<History> {
  return fc.tuple(worlds(), histories(inputWeights, length));
}

/** Freezing and firming fences decide from the plan as it stands before a day (TF-2, TF-3). */
export function withoutDayFences(world: ReferenceWorld): ReferenceWorld {
  const plan = world.plans?.['dynamic'];
  const overrides = { ...plan?.overrides, freezingFence: 0, firmingFence: 0 };
  return { ...world, plans: { dynamic: { ...plan, overrides } } };
}

/** One step of a history as the core took it. */
export interface Taken {
  readonly core: CorePlanner;
  readonly step: Step;
  readonly at: number;
  readonly revisions: readonly PlanRevision[];
}

/** Lets the core follow a history exactly; `look` sees it after each step. */
export function followed(
  [world, happenings]: History,
  look: (taken: Taken) => void = () => undefined,
): CorePlanner {
  const core = new CorePlanner(world);
  const story = new Story(world);
  happenings.forEach((happening, at) => {
    const step = story.tell(happening, core.standing());
    if (step !== undefined) look({ core, step, at, revisions: core.take(step) });
  });
  return core;
}
