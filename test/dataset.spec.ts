import { createPlanningEngine } from '@tidemark/planning';
import type { PlanningEngine } from '@tidemark/planning';
import { DatasetInputs } from './bench/dataset-inputs.js';
import { ordersOf } from './bench/engine-orders.js';
import {
  applyChange,
  changes,
  diffPlans,
  events,
  generate,
  parseArgs,
  planHash,
  planInput,
  referencePlan,
  type DatasetOrder,
} from './bench/gen-dataset.mjs';

const hashes = {
  small0: '7721683e15f7bfd1ff8fbdfd2095278df77722db3d335e28898c42ccada4e7a7',
};

function load(dataset: object, inputs: DatasetInputs): PlanningEngine {
  const engine = createPlanningEngine();
  for (const event of events(dataset)) {
    if (event.type === 'SnapshotEnded') break;
    for (const input of inputs.snapshot(event)) engine.apply(input, '1');
  }
  for (const input of inputs.end()) engine.apply(input, '1');
  return engine;
}

function ordersNow(engine: PlanningEngine): DatasetOrder[] {
  const view = engine.view('dynamic');
  return view === undefined ? [] : ordersOf(view);
}

describe('the synthetic factory', () => {
  const dataset = generate(parseArgs(['--preset', 'small', '--changes', '100']));

  it('gets the reference plan, order by order, from a regeneration', () => {
    const engine = load(dataset, new DatasetInputs());
    engine.follow('dynamic');
    const mine = ordersNow(engine);
    if (planHash(mine) !== hashes.small0) {
      const { orders } = referencePlan(planInput(dataset));
      expect(diffPlans(orders, mine)).toEqual({ missing: [], extra: [] });
    }
    expect(planHash(mine)).toBe(hashes.small0);
  });

  it('keeps it through a hundred changes, each at the cost of the nodes it reaches', () => {
    const inputs = new DatasetInputs();
    const engine = load(dataset, inputs);
    engine.follow('dynamic');
    const state = planInput(dataset);
    let visited = 0;
    for (const event of changes(dataset)) {
      applyChange(state, event);
      for (const input of inputs.change(event)) engine.apply(input, String(event.seq));
      visited += engine.follow('dynamic')?.counters.nodesVisited ?? 0;
    }
    const { orders } = referencePlan(state);
    expect(diffPlans(orders, ordersNow(engine))).toEqual({ missing: [], extra: [] });
    const nodes = engine.view('dynamic')?.nodes().length ?? 0;
    expect(visited / 100).toBeLessThan(nodes / 10);
  });
});
