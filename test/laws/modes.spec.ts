import { decisionWeights, type RunMode } from '@tidemark/testkit';
import { effortOf, forAll, timeFor } from './effort.js';
import { expectEqualRuns, factWeights, forAllItems, rounds } from './mode-rounds.js';

const usual = 25;

const modes: readonly RunMode[] = [
  'regeneration',
  'netChange',
  'netChangeMinimized',
  'explosion',
  'explosionRegeneration',
];

describe.each(modes)('%s equals its naive reference (law 4)', (mode) => {
  it(
    `in ${effortOf(usual, 'histories of facts')}`,
    () => {
      let orders = 0;
      forAll(rounds({ ...factWeights, ...forAllItems }), usual, (given) => {
        orders += expectEqualRuns(mode, given);
      });
      expect(orders).toBeGreaterThan(0);
    },
    timeFor(usual),
  );

  it(
    `in ${effortOf(usual, 'histories with decisions')}`,
    () => {
      let orders = 0;
      forAll(rounds({ ...factWeights, ...decisionWeights }), usual, (given) => {
        orders += expectEqualRuns(mode, given);
      });
      expect(orders).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});
