import { quantityMax, quantityOf, unit } from '@tidemark/kernel';
import type { RunFinding } from '@tidemark/planning';
import type { ReferenceWorld } from '@tidemark/testkit';
import { pieces, sale, SmallPlan, today } from './small-plan.js';

const requirement = { code: 'requirement' } as const;

/** What a regeneration of the world reports. */
function findingsOf(world: Partial<ReferenceWorld>): readonly RunFinding[] {
  return new SmallPlan(world, 'onRequest').regenerate().findings;
}

describe('what is beyond what a plan can hold is told (law 12)', () => {
  it('reports a component need above the largest quantity, with item and component', () => {
    const world: Partial<ReferenceWorld> = {
      items: { FG: { coverage: requirement }, RM: { coverage: requirement } },
      boms: [{ id: 'B', item: 'FG', lines: [{ item: 'RM', quantity: pieces(1000) }] }],
      transactions: [
        { ...sale('SO-1', { item: 'FG', quantity: 1, in: 9 }), quantity: quantityMax },
      ],
    };
    const [finding] = findingsOf(world);
    expect(finding).toMatchObject({ code: 'QUANTITY_BEYOND_RANGE', mentions: ['FG', 'RM'] });
    const smaller = { ...world, transactions: [sale('SO-1', { item: 'FG', quantity: 1, in: 9 })] };
    expect(findingsOf(smaller)).toEqual([]);
  });

  it('ends the report when the need is one that can be told again', () => {
    const plan = new SmallPlan({
      items: { FG: { coverage: requirement }, RM: { coverage: requirement } },
      boms: [{ id: 'B', item: 'FG', lines: [{ item: 'RM', quantity: pieces(1000) }] }],
      transactions: [
        { ...sale('SO-1', { item: 'FG', quantity: 1, in: 9 }), quantity: quantityMax },
      ],
    });
    plan.upsert(sale('SO-1', { item: 'FG', quantity: 2, in: 9 }));
    expect(plan.regenerate().findings).toEqual([]);
  });

  it('stops at the orders that one node may have, and leaves the rest uncovered', () => {
    const sales = Array.from({ length: 12 }, (_, at) =>
      sale(`SO-${at}`, { item: 'A', quantity: 10_000, in: at + 1 }),
    );
    const coverage = { ...requirement, orderMaximum: pieces(1) };
    const world = { items: { A: { decimals: 0, coverage } }, transactions: sales };
    const plan = new SmallPlan(world, 'onRequest');
    const [finding] = plan.regenerate().findings;
    expect(finding).toMatchObject({ code: 'TOO_MANY_ORDERS', mentions: ['A'] });
    expect(finding?.message).toContain('100000 planned orders');
  });

  it('covers needs that only together pass the largest quantity, each whole', () => {
    const half = quantityOf(Math.floor(quantityMax / unit / 2 + 1) * unit);
    const sales = ['SO-1', 'SO-2', 'SO-3'].map((id) => ({
      ...sale(id, { item: 'A', quantity: 1, in: 9 }),
      quantity: half,
    }));
    for (const code of ['period', 'minMax'] as const) {
      const coverage = { code, periodDays: 7, minimum: pieces(1), maximum: pieces(5) };
      const plan = new SmallPlan({
        items: { A: { decimals: 0, coverage } },
        transactions: sales,
      });
      const uncovered = plan.view
        .rowsOf()
        .flatMap(({ requirements }) => requirements)
        .filter(({ direction }) => direction === 'issue')
        .map((row) => row.uncovered ?? 0);
      expect({ code, uncovered: uncovered.filter((quantity) => quantity > 0) }).toEqual({
        code,
        uncovered: [],
      });
      expect(plan.orders().every(({ quantity }) => Number.isSafeInteger(quantity))).toBe(true);
    }
  });
});

describe('a place that corrected postings left empty (law 1)', () => {
  const world: Partial<ReferenceWorld> = {
    items: {
      A: {
        coverageDimensions: ['warehouse'],
        coverage: { ...requirement, minimum: pieces(5) },
      },
    },
  };
  const received = (warehouse: string) => ({
    id: 'PO-1',
    item: 'A',
    direction: 'receipt' as const,
    type: 'purchaseOrder' as const,
    status: 'purchased' as const,
    quantity: pieces(3),
    date: today,
    dimensions: { warehouse },
  });

  it('is planned as if nothing had been posted there', () => {
    const corrected = new SmallPlan(world);
    corrected.upsert(received('W9'));
    corrected.upsert(received('W1'));
    const right = new SmallPlan(world);
    right.upsert(received('W1'));
    expect(corrected.orders()).toEqual(right.orders());
    expect(corrected.orders()).toHaveLength(1);
  });

  it('is still one to stock where a count found nothing left', () => {
    const plan = new SmallPlan({ ...world, onHand: [stock(3)] });
    plan.count(stock(0));
    expect(plan.orders()).toEqual([expect.objectContaining({ quantity: pieces(5) })]);
  });
});

function stock(count: number) {
  return { item: 'A', quantity: pieces(count), dimensions: { warehouse: 'W1' } };
}
