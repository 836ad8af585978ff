import fc from 'fast-check';
import { Dice, histories, inputWeights, randomRun } from '@tidemark/testkit';
import { ReferencePlanner, Story, worlds } from '@tidemark/testkit';
import type { Happening, ReferenceWorld, RunMode, Step } from '@tidemark/testkit';
import { CorePlanner } from './core-planner.js';
import { differenceOf, linesOfReference } from './plan-lines.js';

/** A world, and rounds of happenings that each end with a run. */
export type Rounds = readonly [ReferenceWorld, readonly Round[]];

export interface Round {
  readonly happenings: readonly Happening[];
  readonly seed: number;
}

const { dayPassed, itemChanged, groupChanged, calendarChanged, bomChanged, ...facts } =
  inputWeights;
export const factWeights = facts;
/** After these a run looks at every item, so that all rows are of one day and one setting. */
export const forAllItems = { dayPassed, itemChanged, groupChanged, calendarChanged, bomChanged };
const wholeKinds = new Set<string>(Object.keys(forAllItems));

/** Worlds, each with rounds of such happenings. */
export function rounds(weights: Parameters<typeof histories>[0]): fc.Arbitrary<Rounds> {
  const happenings = histories(weights, { from: 1, to: 5 });
  const round = fc.record({ happenings, seed: fc.noShrink(fc.nat()) });
  return fc.tuple(
    worlds(),
    fc.array(round, { minLength: 1, maxLength: 4 }),
  ) as fc.Arbitrary<Rounds>;
}

/** The core and the book side by side. */
export class Pair {
  readonly core: CorePlanner;
  readonly book: ReferencePlanner;
  readonly story: Story;

  constructor(world: ReferenceWorld) {
    this.core = new CorePlanner(world, 'onRequest');
    this.book = new ReferencePlanner(world);
    this.story = new Story(world);
  }

  take(step: Step): void {
    const [made] = this.core.take(step);
    const run = this.book.take(step);
    if (made === undefined || run === undefined) return;
    const { requested, processed } = made;
    const byTheBook = { requested: run.requested.size, processed: run.processed.size };
    expect({ step, requested, processed }).toEqual({ step, ...byTheBook });
  }

  expectSame(step: Step): void {
    const difference = differenceOf(linesOfReference(this.book.read()), this.core.lines());
    expect({ step, difference }).toEqual({ step, difference: [] });
  }
}

/** Takes both through the rounds; how many orders there were after the runs that were compared. */
export function expectEqualRuns(
  mode: RunMode,
  [world, given]: Rounds,
  look: (pair: Pair, seed: number) => void = () => undefined,
): number {
  const pair = new Pair(world);
  const { core, story } = pair;
  pair.take({ run: { mode: 'regeneration' } });
  let orders = 0;
  for (const { happenings, seed } of given) {
    let whole = false;
    for (const happening of happenings) {
      const step = story.tell(happening, core.standing());
      if (step !== undefined) pair.take(step);
      whole ||= wholeKinds.has(happening.kind);
    }
    if (whole) pair.take({ run: { mode: 'netChange' } });
    const telling = { story, dice: new Dice(seed), plan: core.standing() };
    const request = randomRun(telling, { mode, whole });
    if (request === undefined) continue;
    const step = { run: request };
    pair.take(step);
    pair.expectSame(step);
    look(pair, seed);
    orders += core.standing().orders.length;
  }
  return orders;
}
