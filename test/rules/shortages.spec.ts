import { pieces, purchase, sale, SmallPlan, today } from './small-plan.js';

const items = {
  A: { decimals: 0, leadTime: 2, coverage: { code: 'requirement' } },
  B: { decimals: 0, orderType: 'purchase', leadTime: 3, coverage: { code: 'requirement' } },
} as const;
const boms = [{ id: 'BOM', item: 'A', lines: [{ item: 'B', quantity: pieces(2) }] }];

/** Two sales of A; of its 16 B, 6 are in stock and 4 on order. */
function factory(): SmallPlan {
  const plan = new SmallPlan({
    items,
    boms,
    transactions: [
      sale('SO-1', { item: 'A', quantity: 5, in: 20 }),
      sale('SO-2', { item: 'A', quantity: 3, in: 30 }),
      purchase('PO-1', { item: 'B', quantity: 4, in: 5 }),
    ],
  });
  plan.count({ item: 'B', quantity: pieces(6) });
  return plan;
}

describe('the shortage report (MO-21)', () => {
  const rowsOf = (plan: SmallPlan, demands: readonly string[]) =>
    plan.view
      .shortagesOf(demands)
      .map(({ item, quantity, onHand, date }) => [item, quantity, onHand, date - today]);

  it('tells what neither stock nor open receipts cover, through all levels, and from when', () => {
    expect(rowsOf(factory(), ['SO-1', 'SO-2'])).toEqual([
      ['A', pieces(8), 0, 20],
      ['B', pieces(6), pieces(6), 28],
    ]);
    // The components of the first sale are in stock and on order.
    expect(rowsOf(factory(), ['SO-1'])).toEqual([['A', pieces(5), 0, 20]]);
  });

  it('tells because of what: the requirements that lack it, and the orders to bring it', () => {
    const plan = factory();
    const [a, b] = plan.view.shortagesOf(['SO-1', 'SO-2']);
    expect(a?.requirements).toEqual(['SO-1', 'SO-2']);
    expect(a?.orders).toEqual(
      plan
        .orders('A')
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(b?.orders).toEqual(plan.orders('B').map(({ id }) => id));
    const second = plan.orders('A').find(({ requirementDate }) => requirementDate === today + 30);
    expect(b?.requirements).toEqual([`${second?.id}/1`]);
  });

  it('counts each requirement once, however often it is asked for', () => {
    const plan = factory();
    expect(plan.view.shortagesOf(['SO-2', 'SO-2'])).toEqual(plan.view.shortagesOf(['SO-2']));
    expect(plan.view.shortagesOf(['nothing'])).toEqual([]);
  });
});
