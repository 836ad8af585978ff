import { demandKinds } from '../state/node-plan.js';
import { surplusBeyond, type ActionContext } from './action-messages.js';

/**
 * What min/max orders have too much, by supply row: what covers nothing, but only as far as the
 * projected stock after all demand is beyond maximum plus order minimum, the last receipt first
 * (AC-7).
 */
export function excessByMaximum(context: ActionContext): Map<number, number> {
  const { parameters, orders } = context;
  const given = new Map<number, number>();
  let excess = projectedStock(context) - (parameters.maximum ?? 0) - parameters.orderMinimum;
  const lastFirst = orders.toSorted(
    (left, right) => right.availableDay - left.availableDay || right.supply - left.supply,
  );
  for (const { supply, quantity, pegged } of lastFirst) {
    if (excess <= 0) break;
    const spare = Math.min(excess, quantity - pegged);
    const surplus =
      spare === quantity ? spare : surplusBeyond(quantity - spare, quantity, parameters);
    given.set(supply, surplus);
    excess -= surplus;
  }
  return given;
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
