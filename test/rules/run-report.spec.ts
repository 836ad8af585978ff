import { pieces, sale, SmallPlan } from './small-plan.js';

const requirement = { coverage: { code: 'requirement' } } as const;

/** FG of a half-made HF of RM, and a second article of HF. */
const factory = {
  items: { FG: requirement, OT: requirement, HF: requirement, RM: requirement },
  boms: [
    { id: 'B-FG', item: 'FG', lines: [{ item: 'HF', quantity: pieces(2) }] },
    { id: 'B-OT', item: 'OT', lines: [{ item: 'HF', quantity: pieces(1) }] },
    { id: 'B-HF', item: 'HF', lines: [{ item: 'RM', quantity: pieces(3) }] },
  ],
};

function itemsOf(nodes: readonly { readonly item: string }[] = []): readonly string[] {
  return nodes.map(({ item }) => item).toSorted();
}

describe('what a run says of its working set', () => {
  it('names the nodes it began with, and those that derived demand added', () => {
    const sales = [
      sale('SO-1', { item: 'FG', quantity: 5, in: 20 }),
      sale('SO-2', { item: 'OT', quantity: 5, in: 20 }),
    ];
    const plan = new SmallPlan({ ...factory, transactions: sales }, 'onRequest');
    plan.regenerate();
    plan.upsert(sale('SO-1', { item: 'FG', quantity: 7, in: 20 }));
    const { workingSet, requested, processed, skipped } = plan.regenerate(['FG']);
    expect(itemsOf(workingSet?.initial.nodes)).toEqual(['FG']);
    expect(itemsOf(workingSet?.extended.nodes)).toEqual(['HF', 'RM']);
    expect([workingSet?.initial.count, workingSet?.extended.count]).toEqual([1, 2]);
    expect({ requested, processed, skipped }).toEqual({ requested: 1, processed: 3, skipped: [] });
  });

  it('names no more than the first 200 nodes, and counts all', () => {
    const names = Array.from({ length: 230 }, (_, at) => `I${at}`);
    const items = Object.fromEntries(names.map((name) => [name, requirement]));
    const transactions = names.map((item, at) => sale(`SO-${at}`, { item, quantity: 1, in: 9 }));
    const { workingSet } = new SmallPlan({ items, transactions }, 'onRequest').regenerate();
    expect(workingSet?.initial.count).toBe(230);
    expect(workingSet?.initial.nodes).toHaveLength(200);
  });
});

describe('what a run says of items that it did not plan', () => {
  it('tells the items of a circle, by the rule', () => {
    const boms = [...factory.boms, { id: 'B-RM', item: 'RM', lines: [one('HF')] }];
    const transactions = [
      sale('SO-1', { item: 'HF', quantity: 5, in: 20 }),
      sale('SO-2', { item: 'OT', quantity: 5, in: 20 }),
    ];
    const plan = new SmallPlan({ ...factory, boms, transactions }, 'onRequest');
    const { skipped, workingSet } = plan.regenerate();
    expect(skipped).toEqual([{ item: 'HF', reason: 'CIRCULAR_BOM' }]);
    expect(itemsOf(workingSet?.initial.nodes)).toEqual(['HF', 'OT']);
  });

  it('tells items that were asked for and are not known, or have nothing to plan', () => {
    const transactions = [sale('SO-1', { item: 'FG', quantity: 5, in: 20 })];
    const plan = new SmallPlan({ ...factory, transactions }, 'onRequest');
    const { skipped } = plan.regenerate(['FG', 'OT', 'XX']);
    expect(skipped).toEqual([
      { item: 'OT', reason: 'NOTHING_TO_PLAN' },
      { item: 'XX', reason: 'UNKNOWN_ITEM' },
    ]);
  });
});

function one(item: string) {
  return { item, quantity: pieces(1) };
}
