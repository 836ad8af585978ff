import fc from 'fast-check';
import { regenerate, worlds, type ReferenceWorld } from '@tidemark/testkit';
import { CorePlanner } from './core-planner.js';
import { effortOf, forAll, runsOf, seed, timeFor } from './effort.js';
import { differenceOf, linesOfReference } from './plan-lines.js';

const usual = 200;
const usualLarge = 4;

/** What the reference says (-) otherwise than the engine (+) has to be nothing. */
function expectSamePlan(world: ReferenceWorld): number {
  const byTheBook = regenerate(world);
  expect(differenceOf(linesOfReference(byTheBook), new CorePlanner(world).lines())).toEqual([]);
  return byTheBook.orders.length;
}

describe('a regeneration', () => {
  it(
    `equals the plan by the book in ${effortOf(usual, 'worlds')}`,
    () => {
      let orders = 0;
      forAll(worlds(), usual, (world) => {
        orders += expectSamePlan(world);
      });
      expect(orders).toBeGreaterThan(0);
    },
    timeFor(usual),
  );

  // Large worlds take long: as many as their share, whatever number is asked for.
  it(
    `equals the plan by the book in ${usualLarge} of every ${usual} worlds when they are large`,
    () => {
      const large = Math.ceil((runsOf(usual) * usualLarge) / usual);
      const options = { seed, numRuns: large, endOnFailure: true };
      fc.assert(
        fc.property(worlds({ itemsMax: 60 }), (world) => void expectSamePlan(world)),
        options,
      );
    },
    timeFor(usual),
  );
});
