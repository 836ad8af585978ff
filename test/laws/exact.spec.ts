import fc from 'fast-check';
import type { PlanningInput } from '@tidemark/planning';
import { Dice } from '@tidemark/testkit';
import { CorePlanner } from './core-planner.js';
import { effortOf, forAll, timeFor } from './effort.js';
import { followed, inputHistories, randomHistories, withoutDayFences } from './exact-history.js';
import { FedEngine, plannedAtOnce } from './fed-engine.js';
import { differenceOf } from './plan-lines.js';

const usual = 30;
const seeds = fc.noShrink(fc.nat());

/** What the events of one stream are: only their order counts. */
function streamOf(input: PlanningInput): string {
  switch (input.kind) {
    case 'entry':
      return `journal ${input.entry.item}`;
    case 'item':
      return `item ${input.item.id}`;
    case 'billOfMaterial':
      return `BOM ${input.bom.id}`;
    default:
      return input.kind;
  }
}

/** The same inputs in another order, in which each stream has its own. */
function interleaved(inputs: readonly PlanningInput[], dice: Dice): readonly PlanningInput[] {
  const streams = new Map<string, PlanningInput[]>();
  for (const input of inputs) {
    const name = streamOf(input);
    streams.set(name, [...(streams.get(name) ?? []), input]);
  }
  const mixed: PlanningInput[] = [];
  while (streams.size > 0) {
    const name = dice.pick([...streams.keys()]);
    const [first, ...rest] = streams.get(name) ?? [];
    if (first !== undefined) mixed.push(first);
    if (rest.length === 0) streams.delete(name);
    else streams.set(name, rest);
  }
  return mixed;
}

describe('a plan that follows exactly (law 3)', () => {
  it(
    `equals a regeneration after each step of ${effortOf(usual, 'histories')}`,
    () => {
      let compared = 0;
      forAll(randomHistories(), usual, (history) => {
        followed(history, ({ core, step }) => {
          const regenerated = plannedAtOnce(core.fed.inputs).rows();
          const difference = differenceOf(regenerated, core.fed.rows());
          expect({ step, difference }).toEqual({ step, difference: [] });
          compared += 1;
        });
      });
      expect(compared).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});

describe('the same inputs give the same plan (law 2)', () => {
  it(
    `however they are split into batches, in ${effortOf(usual, 'histories')}`,
    () => {
      forAll(fc.tuple(randomHistories(), seeds), usual, ([history, seed]) => {
        const { fed } = followed(history);
        const dice = new Dice(seed);
        const split = new FedEngine();
        for (const input of fed.inputs) {
          split.feed([input]);
          if (dice.chance(0.3)) split.settle();
        }
        split.settle();
        expect(differenceOf(fed.rows(), split.rows())).toEqual([]);
      });
    },
    timeFor(usual),
  );

  it(
    `in whatever order events of different streams come, in ${effortOf(usual, 'histories')}`,
    () => {
      let permuted = 0;
      forAll(fc.tuple(inputHistories(), seeds), usual, ([[world, happenings], seed]) => {
        const unfenced = withoutDayFences(world);
        const opening = new CorePlanner(unfenced).fed.inputs;
        const { fed } = followed([unfenced, happenings]);
        const happened = fed.inputs.slice(opening.length);
        const other = interleaved(happened, new Dice(seed));
        if (other.some((input, at) => input !== happened[at])) permuted += 1;
        const mixed = plannedAtOnce(opening);
        for (const input of other) {
          mixed.feed([input]);
          mixed.settle();
        }
        expect(differenceOf(fed.rows(), mixed.rows())).toEqual([]);
      });
      expect(permuted).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});

describe('nothing counts twice (law 1)', () => {
  it(
    `repeated and older changes give no input, in ${effortOf(usual, 'histories')}`,
    () => {
      let repeats = 0;
      forAll(fc.tuple(inputHistories(), seeds), usual, ([history, seed]) => {
        const dice = new Dice(seed);
        followed(history, ({ core }) => {
          expect(core.repeatedInputs(dice)).toEqual([]);
          repeats += 1;
        });
      });
      expect(repeats).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});
