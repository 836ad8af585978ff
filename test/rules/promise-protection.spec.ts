import type { ReferenceWorld } from '@tidemark/testkit';
import { pieces, purchase, sale, SmallPlan, today } from './small-plan.js';

const order = { item: 'FG', quantity: 5, in: 20 };
const requirement = { code: 'requirement' } as const;

/** FG is made of SF, which groups a fortnight. */
const world: Partial<ReferenceWorld> = {
  items: {
    FG: { decimals: 0, leadTime: 2, coverage: requirement },
    SF: { decimals: 0, leadTime: 2, coverage: { code: 'period', periodDays: 14 } },
  },
  boms: [{ id: 'B', item: 'FG', lines: [{ item: 'SF', quantity: pieces(1) }] }],
  transactions: [sale('SO-1', order), sale('SO-2', { ...order, in: 24 })],
};

describe.each(['exact', 'onRequest'] as const)('a promise on a plan that follows %s', (how) => {
  it('is unprotected until it is confirmed, and says so', () => {
    const plan = new SmallPlan(world, how);
    plan.regenerate();
    expect(plan.promise('SO-1', order)).toMatchObject({ protection: 'unprotected' });
    expect(plan.promise('new', order)).toMatchObject({ protection: 'unprotected' });
    expect(plan.command({ kind: 'confirmPromise', issue: 'SO-1' })).toBeUndefined();
    expect(plan.promise('SO-1', order)).toEqual({ date: today + 20, protection: 'protected' });
    expect(plan.promise('SO-1', { ...order, quantity: 6 })).toMatchObject({
      protection: 'unprotected',
    });
  });

  it('keeps the orders below a confirmed line, whole, as long as the line is open (PR-5)', () => {
    const plan = new SmallPlan(world, how);
    plan.regenerate();
    plan.command({ kind: 'confirmPromise', issue: 'SO-1' });
    const [grouped] = plan.orders('SF');
    plan.remove(sale('SO-2', { ...order, in: 24 }));
    plan.regenerate();
    expect(plan.orders('SF')).toEqual([expect.objectContaining({ id: grouped?.id })]);
    expect(plan.orders('SF')[0]).toMatchObject({ quantity: pieces(10), status: 'planned' });
    plan.remove(sale('SO-1', order));
    plan.regenerate();
    expect(plan.orders()).toEqual([]);
  });

  it('lets go of what it kept when it is released', () => {
    const plan = new SmallPlan(world, how);
    plan.regenerate();
    plan.command({ kind: 'confirmPromise', issue: 'SO-1' });
    plan.remove(sale('SO-2', { ...order, in: 24 }));
    expect(plan.command({ kind: 'releasePromise', issue: 'SO-1' })).toBeUndefined();
    plan.regenerate();
    expect(plan.orders('SF')[0]).toMatchObject({ quantity: pieces(5) });
    expect(plan.promise('SO-1', order)).toMatchObject({ protection: 'unprotected' });
    expect(plan.command({ kind: 'releasePromise', issue: 'SO-1' })).toBe('UNKNOWN_PROMISE');
  });
});

describe('what a promise rests on', () => {
  const bought: Partial<ReferenceWorld> = {
    items: { A: { decimals: 0, leadTime: 6, coverage: requirement } },
    transactions: [
      sale('SO-1', { item: 'A', quantity: 5, in: 10 }),
      purchase('PO-1', { item: 'A', quantity: 5, in: 9 }),
    ],
  };
  const rival = sale('SO-0', { item: 'A', quantity: 5, in: 9 });

  it('goes to an earlier demand if nothing protects it', () => {
    const plan = new SmallPlan(bought);
    plan.upsert(rival);
    expect(plan.coverOf('SO-0')).toEqual(['PO-1: 5']);
  });

  it('stays with the line when its promise was confirmed: receipts become markings', () => {
    const plan = new SmallPlan(bought);
    plan.command({ kind: 'confirmPromise', issue: 'SO-1' });
    plan.upsert(rival);
    expect(plan.coverOf('SO-1')).toEqual(['PO-1: 5']);
    expect(plan.view.markingsOf('SO-1')).toHaveLength(1);
  });

  it('is protected by firming as well: markings hold all of it (MO-11)', () => {
    const plan = new SmallPlan({
      ...bought,
      transactions: [sale('SO-1', { item: 'A', quantity: 5, in: 10 })],
    });
    const [planned] = plan.orders();
    plan.command({ kind: 'firm', order: planned?.id ?? '' });
    plan.upsert(rival);
    expect(plan.coverOf('SO-1')).toEqual([`firm/${planned?.id ?? ''}: 5`]);
    expect(plan.promise('SO-1', { item: 'A', quantity: 5, in: 1 })).toMatchObject({
      protection: 'protected',
    });
  });

  it('keeps the confirmed date until it can no longer be met', () => {
    const confirmedDate = today + 10;
    const plan = new SmallPlan({
      ...bought,
      transactions: [
        { ...sale('SO-1', { item: 'A', quantity: 5, in: 10 }), confirmedDate },
        purchase('PO-1', { item: 'A', quantity: 5, in: 9 }),
      ],
    });
    plan.command({ kind: 'confirmPromise', issue: 'SO-1' });
    const asked = { item: 'A', quantity: 5, in: 1 };
    expect(plan.promise('SO-1', asked)).toEqual({ date: confirmedDate, protection: 'protected' });
    plan.upsert(purchase('PO-1', { item: 'A', quantity: 5, in: 14 }));
    expect(plan.promise('SO-1', asked)).toEqual({ date: today + 14, protection: 'protected' });
  });

  it('cannot be confirmed of a line that is not there or not covered', () => {
    const plan = new SmallPlan({
      items: { A: { decimals: 0, coverage: { code: 'manual' } } },
      transactions: [sale('SO-1', { item: 'A', quantity: 5, in: 10 })],
    });
    expect(plan.command({ kind: 'confirmPromise', issue: 'SO-9' })).toBe('UNKNOWN_TRANSACTION');
    expect(plan.command({ kind: 'confirmPromise', issue: 'SO-1' })).toBe('NOT_COVERED');
  });
});
