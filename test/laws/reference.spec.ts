import { createPlanningEngine, type PlanView } from '@tidemark/planning';
import { randomWorld, regenerate, shrinkWorld, type ReferenceWorld } from '@tidemark/testkit';
import { differenceOf, linesOfReference, linesOfView } from './plan-lines.js';
import { WorldFeed } from './world-inputs.js';

const seed = Number(process.env['TIDEMARK_SEED'] ?? 1);
const worlds = Number(process.env['TIDEMARK_WORLDS'] ?? 200);

function planOf(world: ReferenceWorld): PlanView {
  const engine = createPlanningEngine();
  const inputs = new WorldFeed().opening(world, 'exact');
  inputs.forEach((input, index) => {
    engine.apply(input, String(index).padStart(8, '0'));
  });
  engine.follow('dynamic');
  const view = engine.view('dynamic');
  if (view === undefined) throw new Error('The plan is not there');
  return view;
}

/** What the reference says otherwise than the engine; empty when they agree. */
function disagreement(world: ReferenceWorld): readonly string[] {
  return differenceOf(linesOfReference(regenerate(world)), linesOfView(planOf(world)));
}

function reportOf(world: ReferenceWorld, worldSeed: number): string {
  const smallest = shrinkWorld(world, (candidate) => disagreement(candidate).length > 0);
  const lines = disagreement(smallest).join('\n');
  return `world of seed ${worldSeed} (TIDEMARK_SEED), - reference, + engine:
${lines}\n${JSON.stringify(smallest)}`;
}

describe('a regeneration', () => {
  it(`equals the plan by the book in ${worlds} random worlds from seed ${seed}`, () => {
    const failed: number[] = [];
    let orders = 0;
    for (let at = seed; at < seed + worlds; at += 1) {
      const world = randomWorld(at);
      orders += regenerate(world).orders.length;
      if (disagreement(world).length > 0) failed.push(at);
    }
    const [first] = failed;
    const report = first === undefined ? '' : reportOf(randomWorld(first), first);
    if (report !== '')
      throw new Error(`${failed.length} of ${worlds} worlds differ; first ${report}`);
    expect(orders).toBeGreaterThan(worlds);
  });
});
