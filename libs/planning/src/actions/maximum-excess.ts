import { floorTo } from '@tidemark/kernel';
import { demandKinds } from '../state/node-plan.js';
import type { ActionContext } from './action-messages.js';

/**
 * What min/max orders have too much: the projected stock after all demand beyond maximum plus order
 * minimum, taken from the last receipt first (AC-7), by supply row.
 */
export function excessByMaximum(context: ActionContext): Map<number, number> {
  const { parameters, orders } = context;
  const given = new Map<number, number>();
  if (parameters.maximum === undefined) return byPegs(context);
  let excess = projectedStock(context) - parameters.maximum - parameters.orderMinimum;
  const lastFirst = orders.toSorted(
    (left, right) => right.availableDay - left.availableDay || right.supply - left.supply,
  );
  for (const order of lastFirst) {
    if (excess <= 0) break;
    const most = Math.min(excess, order.quantity);
    const multiple = parameters.orderMultiple;
    const whole = multiple > 0 && most < order.quantity ? floorTo(most, multiple) : most;
    given.set(order.supply, whole);
    excess -= whole;
  }
  return given;
}

/** Without a maximum only what covers nothing is too much. */
function byPegs({ orders }: ActionContext): Map<number, number> {
  return new Map(
    orders.filter((order) => order.pegged === 0).map((order) => [order.supply, order.quantity]),
  );
}

function projectedStock({ node }: ActionContext): number {
  const { supplies, demands } = node.plan;
  let stock = 0;
  for (const quantity of supplies.quantity) stock += quantity;
  for (let row = 0; row < demands.kind.length; row += 1) {
    if (demands.kind[row] !== demandKinds.safetyStock) stock -= demands.quantity[row] ?? 0;
  }
  return stock;
}
