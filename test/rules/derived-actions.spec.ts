import { pieces, purchase, sale, SmallPlan, today } from './small-plan.js';

const actions = { advance: true, postpone: true, derived: true };

/** A real production order of TABLE in 20 days, with a line of LEG that a purchase covers. */
function factory(): SmallPlan {
  const coverage = { actions, negativeDays: 50, positiveDays: 50 };
  const table = { ...coverage, code: 'manual' } as const;
  const items = { TABLE: { coverage: table, leadTime: 2 }, LEG: { coverage, leadTime: 1 } };
  const boms = [{ id: 'B1', item: 'TABLE', lines: [{ item: 'LEG', quantity: pieces(1) }] }];
  const plan = new SmallPlan({ items, boms });
  plan.upsert({ ...purchase('MO', { item: 'TABLE', quantity: 1, in: 20 }), ...made });
  plan.upsert({ ...sale('MO/1', { item: 'LEG', quantity: 1, in: 18 }), ...line });
  plan.upsert(purchase('PO', { item: 'LEG', quantity: 1, in: 18 }));
  return plan;
}

const made = { type: 'productionOrder', order: 'MO' } as const;
const line = { type: 'productionLine', order: 'MO' } as const;

function messagesOf(plan: SmallPlan): readonly string[] {
  return plan.view.rowsOf().flatMap(({ messages }) =>
    messages.flatMap((row) => {
      if (row.kind !== 'action') return [];
      return row.date === undefined ? [] : [`${row.order} ${row.action} ${row.date - today}`];
    }),
  );
}

describe('derived actions on an exact plan (AC-9, law 3)', () => {
  it('move what covers a line of a real order with the order, and leave it when it stays', () => {
    const plan = factory();
    plan.upsert(sale('SO', { item: 'TABLE', quantity: 1, in: 12 }));
    expect(messagesOf(plan).toSorted()).toEqual(['MO advance 12', 'PO advance 10']);
    plan.upsert(sale('SO', { item: 'TABLE', quantity: 1, in: 20 }));
    expect(messagesOf(plan)).toEqual([]);
  });

  it('go when the order itself goes', () => {
    const plan = factory();
    plan.upsert(sale('SO', { item: 'TABLE', quantity: 1, in: 12 }));
    plan.remove({ ...purchase('MO', { item: 'TABLE', quantity: 1, in: 20 }), ...made });
    expect(messagesOf(plan)).toEqual([]);
  });
});
