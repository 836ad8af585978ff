import type { ReferenceWorld } from '@tidemark/testkit';
import { pieces, sale, SmallPlan, today } from './small-plan.js';

const requirement = { code: 'requirement' } as const;

/** Nothing is planned yet: FG is made of RM, and nobody has asked for either. */
const world: Partial<ReferenceWorld> = {
  items: {
    FG: { decimals: 0, leadTime: 2, coverage: requirement },
    RM: { decimals: 0, leadTime: 3, coverage: requirement },
  },
  boms: [{ id: 'B', item: 'FG', lines: [{ item: 'RM', quantity: pieces(2) }] }],
  transactions: [],
};

describe('a promise is a question (PR-4)', () => {
  it('leaves no node of the item, nor of what it is made of', () => {
    const plan = new SmallPlan(world, 'onRequest');
    plan.regenerate();
    expect(plan.promise('Q', { item: 'FG', quantity: 4, in: 0 }).date).toBe(today + 5);
    expect(plan.view.nodes()).toEqual([]);
    const skipped = plan.regenerate(['FG']).skipped;
    expect(skipped).toEqual(new SmallPlan(world, 'onRequest').regenerate(['FG']).skipped);
  });

  it('leaves the nodes that are there, with the days of their orders', () => {
    const open = sale('SO-1', { item: 'FG', quantity: 3, in: 9 });
    const plan = new SmallPlan({ ...world, transactions: [open] });
    const before = JSON.stringify([plan.view.nodes(), plan.view.rowsOf()]);
    plan.promise('Q', { item: 'FG', quantity: 4, in: 0 });
    plan.promise('Q', { item: 'RM', quantity: 4, in: 0 });
    expect(JSON.stringify([plan.view.nodes(), plan.view.rowsOf()])).toBe(before);
  });

  it('leaves none of entries that it read ahead of the plan', () => {
    const plan = new SmallPlan(world, 'onRequest');
    plan.upsert(sale('SO-1', { item: 'FG', quantity: 3, in: 9 }));
    expect(plan.view.profileOf('FG')).toHaveLength(1);
    plan.promise('Q', { item: 'FG', quantity: 4, in: 0 });
    expect(plan.view.nodes()).toEqual([]);
    expect(plan.regenerate().nodes.map((node) => node.item)).toEqual(['FG', 'RM']);
  });
});
