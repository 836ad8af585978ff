import type { Delays } from './delays.js';
import { peggedQuantity, pegsOfSupply } from './pegs.js';
import type { ActionMessage, PlannedOrder } from './state.js';
import { orderTypeOfReceipt, type Supply } from './supplies.js';
import { workingCode, type Terms } from './terms.js';
import { roundUpTo, type Amount } from './values.js';
import { increaseWindow } from './windows.js';
import type { OrderType } from './world.js';

export interface Increases {
  readonly delays: Delays;
  readonly terms: Terms;
  readonly changeable: readonly Supply[];
}

function orderTypeOf({
  transaction,
  order,
}: Pick<Supply, 'transaction' | 'order'>): OrderType | undefined {
  return transaction === undefined ? order?.type : orderTypeOfReceipt(transaction.type);
}

/** AC-5: the latest changeable order in time, else the earliest late one; BM-7: none dedicated. */
function orderToIncrease(increases: Increases, order: PlannedOrder): Supply | undefined {
  const window = increaseWindow(increases.terms, order.requirementDay);
  const inside = increases.changeable
    .filter((supply) => supply.order?.dedicatedTo === undefined)
    .filter(
      ({ available, ...supply }) =>
        orderTypeOf(supply) === order.type && window.from <= available && available <= window.late,
    );
  const inTime = inside.filter((supply) => supply.available <= order.requirementDay);
  return inTime.at(-1) ?? inside[0];
}

/** AC-5: planned orders of this run that an existing order could take in. */
export function increaseMessages(increases: Increases): readonly ActionMessage[] {
  const { delays, terms } = increases;
  const code = workingCode(terms);
  if (code !== 'requirement' && code !== 'period') return [];
  const { run } = delays;
  const { item } = terms.node;
  const added = new Map<Supply, Amount>();
  const cancelled: ActionMessage[] = [];
  const made = [...delays.supplies.values()]
    .filter((supply) => supply.node.key === terms.node.key)
    .flatMap(({ order }) => (order === undefined || !run.state.fresh.has(order.id) ? [] : [order]))
    .filter((order) => order.dedicatedTo === undefined)
    .toSorted(
      (left, right) => left.requirementDay - right.requirementDay || left.made - right.made,
    );
  for (const order of made) {
    const supply = orderToIncrease(increases, order);
    if (supply === undefined) continue;
    const pegged = peggedQuantity(pegsOfSupply(run, order.id));
    added.set(supply, (added.get(supply) ?? 0) + pegged);
    cancelled.push({ order: order.id, item, action: 'cancel' });
  }
  const increased = [...added].map(([supply, pegged]): ActionMessage => {
    const raised = roundUpTo(supply.quantity + pegged, terms.settings.orderMultiple ?? 0);
    return { order: supply.key, item, action: 'increase', quantity: raised - supply.quantity };
  });
  return [...increased, ...cancelled];
}
