import { sale, SmallPlan, pieces } from './small-plan.js';

const coverage = { code: 'requirement', orderMultiple: pieces(6), receiptMargin: 1 } as const;

function traced(inDays: number, leadTime = 4) {
  const plan = new SmallPlan({
    items: {
      A: { decimals: 0, leadTime, coverage },
      B: { decimals: 0, orderType: 'purchase', leadTime: 20, coverage: { code: 'requirement' } },
    },
    boms: [{ id: 'BOM', item: 'A', lines: [{ item: 'B', quantity: pieces(1) }] }],
    transactions: [sale('SO-1', { item: 'A', quantity: 5, in: inDays })],
  });
  return plan.view.traceOf(plan.orders('A')[0]?.id ?? '');
}

describe('the trace of a planned order (TX-1)', () => {
  it('names the rules in the order in which they apply, with their values', () => {
    const steps = traced(40);
    expect(steps.map(({ rule }) => rule)).toEqual(['CC-1', 'NE-9', 'CC-8', 'DA-4']);
    expect(steps[1]?.values).toMatchObject({ demand: 'SO-1', quantity: '5' });
    expect(steps[2]?.values).toMatchObject({ served: '5', quantity: '6', orderMultiple: '6' });
    expect(steps[2]?.values).toMatchObject({ orderMaximum: 'none' });
    expect(steps[3]?.values).toMatchObject({ leadTime: 4, receiptMargin: 1 });
  });

  it('tells an order placed too late, and one that waits for its component', () => {
    expect(traced(2).map(({ rule }) => rule)).toEqual(['CC-1', 'NE-9', 'CC-8', 'DA-5', 'DL-1']);
    expect(traced(10).map(({ rule }) => rule)).toEqual(['CC-1', 'NE-9', 'CC-8', 'DA-4', 'DL-1']);
  });

  it('is empty for an order that is not there', () => {
    const plan = new SmallPlan({ items: {} });
    expect(plan.view.traceOf('nothing')).toEqual([]);
  });
});
