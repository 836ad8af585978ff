import type { RequirementRow } from '@tidemark/planning';
import { pieces, purchase, sale, SmallPlan, today } from './small-plan.js';

const world = {
  items: { A: { decimals: 0, coverage: { code: 'requirement' as const } } },
  transactions: [
    sale('SO-1', { item: 'A', quantity: 6, in: 9 }),
    { ...sale('SO-2', { item: 'A', quantity: 4, in: 10 }), hold: true },
    { ...purchase('PO-1', { item: 'A', quantity: 5, in: 3 }), hold: true },
  ],
};

function rowOf(plan: SmallPlan, id: string): RequirementRow | undefined {
  return plan.view.rowsOf('A')[0]?.requirements.find((row) => row.id === id);
}

describe('what is on hold (NE-14)', () => {
  it('is shown as held with the day and quantity of its source, neither covered nor not', () => {
    const plan = new SmallPlan(world);
    expect(rowOf(plan, 'SO-2')).toEqual({
      item: 'A',
      dimensions: {},
      id: 'SO-2',
      direction: 'issue',
      kind: 'transaction',
      type: 'salesOrder',
      quantity: pieces(4),
      date: today + 10,
      held: true,
    });
    expect(rowOf(plan, 'PO-1')).toMatchObject({ direction: 'receipt', held: true });
    expect(plan.view.rowsOf('A')[0]?.coverage.map((peg) => peg.demand)).toEqual(['SO-1']);
  });

  it('is a row like others once it is released, told as one change of its line', () => {
    const plan = new SmallPlan(world, 'onRequest');
    plan.regenerate();
    plan.upsert({ ...sale('SO-2', { item: 'A', quantity: 4, in: 10 }) });
    const changes = plan.regenerate().nodes[0]?.requirements;
    const ofLine = changes?.filter(({ key }) => key === 'SO-2') ?? [];
    expect(ofLine).toHaveLength(1);
    expect(ofLine[0]?.before).toMatchObject({ held: true });
    expect(ofLine[0]?.after).toMatchObject({ uncovered: 0 });
    expect(ofLine[0]?.after?.held).toBeUndefined();
  });

  it('tells another quantity, and that it went', () => {
    const plan = new SmallPlan(world, 'onRequest');
    plan.regenerate();
    const more = { ...sale('SO-2', { item: 'A', quantity: 7, in: 10 }), hold: true };
    plan.upsert(more);
    expect(plan.regenerate().nodes[0]?.requirements).toMatchObject([
      { key: 'SO-2', before: { quantity: pieces(4) }, after: { quantity: pieces(7) } },
    ]);
    plan.remove(more);
    expect(plan.regenerate().nodes[0]?.requirements).toMatchObject([
      { key: 'SO-2', before: { held: true } },
    ]);
  });
});
