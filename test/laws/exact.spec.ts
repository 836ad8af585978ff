import type { PlanningInput, PlanRevision } from '@tidemark/planning';
import { randomWorld, type ReferenceWorld } from '@tidemark/testkit';
import { FedEngine } from './fed-engine.js';
import { RandomHistory } from './random-history.js';

const seed = Number(process.env['TIDEMARK_SEED'] ?? 1);
const histories = Number(process.env['TIDEMARK_WORLDS'] ?? 30);
const changes = 20;

/** Freezing is decided by the day that passes, not by the plan alone (TF-2). */
function withoutFreezing(world: ReferenceWorld): ReferenceWorld {
  const plans = { dynamic: { ...world.plans?.['dynamic'], overrides: { freezingFence: 0 } } };
  return { ...world, plans };
}

function firstDifference(expected: readonly string[], got: readonly string[]): string {
  const missing = expected.find((row) => !got.includes(row));
  const extra = got.find((row) => !expected.includes(row));
  return `regenerated ${missing ?? 'nothing more'}, followed ${extra ?? 'nothing more'}`;
}

function fedWith(inputs: readonly PlanningInput[]): FedEngine {
  const fed = new FedEngine();
  fed.feed(inputs);
  fed.follow();
  return fed;
}

/** Follows a history change by change; says where the plan is not a regeneration's. */
function followedOtherwise(at: number): string | undefined {
  const history = new RandomHistory(withoutFreezing(randomWorld(at)), at);
  const inputs: PlanningInput[] = [...history.opening()];
  const followed = fedWith(inputs);
  for (let count = 1; count <= changes; count += 1) {
    const step = history.step();
    inputs.push(...step.inputs);
    followed.feed(step.inputs);
    followed.follow();
    const regenerated = fedWith(inputs).rows();
    const rows = followed.rows();
    if (rows.join('\n') === regenerated.join('\n')) continue;
    const where = `seed ${at}, change ${count} (${step.what})`;
    return `${where}: ${firstDifference(regenerated, rows)}`;
  }
  return undefined;
}

function seeds(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => seed + index);
}

describe('a plan that follows exactly (law 3)', () => {
  it(`equals a regeneration after each change of ${histories} histories from seed ${seed}`, () => {
    const found = seeds(histories).map(followedOtherwise);
    expect(found.filter((difference) => difference !== undefined)).toEqual([]);
  });

  it('is the same whichever of two changes of different items comes first', () => {
    let compared = 0;
    for (const at of seeds(histories)) {
      const history = new RandomHistory(withoutFreezing(randomWorld(at)), at);
      const opening = history.opening();
      const [one, other] = history.places();
      if (one === undefined || other === undefined) continue;
      const first = history.stepOf(one.id).inputs;
      const second = history.stepOf(other.id).inputs;
      const forward = fedWith(opening);
      const backward = fedWith(opening);
      for (const inputs of [first, second]) {
        forward.feed(inputs);
        forward.follow();
      }
      for (const inputs of [second, first]) {
        backward.feed(inputs);
        backward.follow();
      }
      compared += 1;
      expect({ seed: at, rows: backward.rows() }).toEqual({ seed: at, rows: forward.rows() });
    }
    expect(compared).toBe(histories);
  });

  it('visits few nodes for a change of an item that nothing is made of (law 11)', () => {
    let visited = 0;
    let known = 0;
    for (const at of seeds(histories)) {
      const world = withoutFreezing(randomWorld(at));
      const history = new RandomHistory(world, at);
      const fed = fedWith(history.opening());
      const parents = new Set((world.boms ?? []).map((bom) => bom.item));
      const used = new Set((world.boms ?? []).flatMap((bom) => bom.lines.map((line) => line.item)));
      const leaf = history.places().find(({ id, stored }) => {
        return !parents.has(id) && !used.has(id) && !stored;
      });
      if (leaf === undefined) continue;
      fed.feed(history.stepOf(leaf.id).inputs);
      visited += fed.follow()?.counters.nodesVisited ?? 0;
      known += fed.nodeCount();
    }
    expect(known).toBeGreaterThan(0);
    expect(visited).toBeGreaterThan(0);
    expect(visited * 4).toBeLessThan(known);
  });

  it('names a cause for every node that changed: its own, or one up an edge (law 9)', () => {
    let looked = 0;
    for (const at of seeds(histories)) {
      const history = new RandomHistory(withoutFreezing(randomWorld(at)), at);
      const followed = fedWith(history.opening());
      for (let count = 1; count <= changes; count += 1) {
        followed.feed(history.step().inputs);
        const revision = followed.follow();
        if (revision === undefined) continue;
        looked += revision.nodes.length;
        expect(withoutCause(revision)).toEqual([]);
      }
    }
    expect(looked).toBeGreaterThan(histories);
  });
});

/** Nodes of a revision from which no way leads back to something that was put in. */
function withoutCause({ nodes }: PlanRevision): readonly string[] {
  const keyOf = ({ item, dimensions }: { item: string; dimensions: object }): string =>
    JSON.stringify([item, dimensions]);
  const byKey = new Map(nodes.map((node) => [keyOf(node), node]));
  const isCaused = (key: string, seen: Set<string>): boolean => {
    const node = byKey.get(key);
    if (node === undefined || seen.has(key)) return node === undefined;
    seen.add(key);
    if (node.causes.length > 0) return true;
    return node.reachedFrom.some((from) => isCaused(keyOf(from), seen));
  };
  return [...byKey.keys()].filter((key) => !isCaused(key, new Set()));
}
