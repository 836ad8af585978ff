import { formatQuantity, refusal, type Refusal } from '@tidemark/kernel';
import { componentsBeyond } from '../explosion/explode.js';
import { ordersMax } from '../netting/order-book.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';

/**
 * What the plan leaves out because it is beyond what can be told or held (law 12): component needs
 * above the largest quantity, and orders above the number that one node may have.
 */
export function overfullFindings(state: PlanState): Refusal[] {
  const findings: Refusal[] = [];
  for (const node of state.overfull) {
    const told = findingsAt(state, node);
    // What an earlier run met, or a question on a branch, may be gone.
    if (told.length === 0) state.overfull.delete(node);
    findings.push(...told);
  }
  return findings;
}

function findingsAt(state: PlanState, node: PlanNode): Refusal[] {
  const { orders } = node.plan;
  const findings = componentFindings(state, node);
  if (orders.length < ordersMax) return findings;
  const message = `Item ${node.item} has ${orders.length} planned orders: no more are made.`;
  return [
    ...findings,
    refusal('TOO_MANY_ORDERS', message, {
      mentions: [node.item],
      remedy: 'Plan it by period or min/max, or look for a BOM that doubles at every level.',
    }),
  ];
}

function componentFindings(state: PlanState, node: PlanNode): Refusal[] {
  const parameters = state.parametersOf(node);
  const told = new Map<string, Refusal>();
  if (parameters === undefined) return [];
  for (const order of node.plan.orders) {
    if (order.fixedLines !== undefined) continue;
    for (const component of componentsBeyond(state, node, parameters, order)) {
      if (told.has(component)) continue;
      const quantity = formatQuantity(order.quantity);
      const message = `${quantity} of ${node.item} need more of ${component} than can be told.`;
      const remedy = 'Correct the quantity of the line or the order, or take a larger unit.';
      const mentions = [node.item, component];
      told.set(component, refusal('QUANTITY_BEYOND_RANGE', message, { mentions, remedy }));
    }
  }
  return [...told.values()];
}
