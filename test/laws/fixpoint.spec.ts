import { type ReferenceWorld, worlds } from '@tidemark/testkit';
import { CorePlanner } from './core-planner.js';
import { effortOf, forAll, timeFor } from './effort.js';
import { followed, randomHistories, withoutDayFences } from './exact-history.js';

const usual = 30;
/** Days that no order is away. */
const far = 10_000;

/**
 * The firming fence reaches everything (TF-3), and everything is exploded, so that lines of firmed
 * orders are no new demand (TF-4).
 */
function firmable(world: ReferenceWorld): ReferenceWorld {
  const plan = withoutDayFences(world).plans?.['dynamic'];
  const overrides = { ...plan?.overrides, explosionFence: far, firmingFence: far };
  return { ...world, plans: { dynamic: { ...plan, overrides, firmingMarking: 'standard' } } };
}

describe('quiet (law 6)', () => {
  it(
    `a run with nothing new publishes nothing, after ${effortOf(usual, 'histories')}`,
    () => {
      let runs = 0;
      forAll(randomHistories(), usual, (history) => {
        followed(history, ({ core, step }) => {
          expect(core.fed.settle()).toEqual([]);
          for (const mode of ['regeneration', 'netChange'] as const) {
            const changed = core.take({ run: { mode } }).flatMap(({ nodes }) => nodes);
            expect({ step, mode, changed }).toEqual({ step, mode, changed: [] });
            runs += 1;
          }
        });
      });
      expect(runs).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});

describe('fixpoint (law 6)', () => {
  it(
    `firming all that is proposed leaves nothing to propose, in ${effortOf(usual, 'worlds')}`,
    () => {
      let firmed = 0;
      forAll(worlds(), usual, (world) => {
        const core = new CorePlanner(firmable(world), 'onRequest');
        core.take({ run: { mode: 'regeneration' } });
        firmed += core.standing().firmed.length;
        for (const mode of ['netChange', 'regeneration'] as const) {
          const before = core.standing().firmed.length;
          core.take({ run: { mode } });
          const again = core
            .standing()
            .firmed.slice(before)
            .map(({ id }) => id);
          expect({ mode, again }).toEqual({ mode, again: [] });
          expect(core.standing().orders).toEqual([]);
        }
      });
      expect(firmed).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});
