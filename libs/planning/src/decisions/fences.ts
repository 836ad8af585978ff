import { compareText, planDayOf } from '@tidemark/kernel';
import type { Decision, OrderImage } from '../api/decisions.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { orderOfSupply } from '../state/names.js';
import { compareInPlanningOrder, type PlanNode } from '../state/plan-node.js';
import { orderIdOf, type PlannedOrder } from '../state/planned-order.js';
import { firmDecision, type OrderPlace } from './firm-orders.js';
import { imageOf } from './order-image.js';

/** What the freezing fence keeps and lets go at a node, seen from a day (TF-2). */
export interface FrozenOrders {
  readonly frozen: readonly OrderImage[];
  readonly released: readonly string[];
}

export function frozenAt(keeper: PlanKeeper, node: PlanNode, today: number): FrozenOrders {
  const fence = keeper.state.parametersOf(node)?.freezingFence ?? 0;
  const frozen: OrderImage[] = [];
  const released: string[] = [];
  for (const order of node.plan.orders) {
    if (order.stage === 'frozen') {
      const past = order.requirementDay < today && !hasPegs(node, order);
      if (past) released.push(orderIdOf(order));
    } else if (order.stage === 'planned' && fence > 0 && order.requirementDay <= today + fence) {
      frozen.push(imageOf(keeper, node, order));
    }
  }
  return { frozen, released };
}

function hasPegs(node: PlanNode, order: PlannedOrder): boolean {
  return node.plan.pegs.supply.some((supply) => orderOfSupply(node.plan, supply) === order);
}

/**
 * Planned orders whose trigger date lies inside the firming fence (TF-3), in the order in which
 * they are firmed, which NE-7 ties go by: level after level, by item; of one item the refilled
 * warehouse before its source; at one node as NE-8 orders them.
 */
export function ordersToFirm(keeper: PlanKeeper, today: number): OrderPlace[] {
  const { definition, state } = keeper;
  if (!definition.firmingAllowed) return [];
  const places: OrderPlace[] = [];
  for (const node of state.nodes.values()) {
    if (node.plan.orders.length === 0) continue;
    const fence = state.parametersOf(node)?.firmingFence ?? 0;
    if (fence === 0) continue;
    for (const order of node.plan.orders) {
      const byOrderDate = definition.firmingBasis === 'orderDate';
      const trigger = byOrderDate ? order.orderDay : order.requirementDay;
      if (order.stage === 'approved' || trigger > today + fence) continue;
      places.push({ node, order });
    }
  }
  return places.sort((left, right) => compareFirming(left.node, right.node));
}

function compareFirming(left: PlanNode, right: PlanNode): number {
  return (
    left.level - right.level ||
    compareText(left.item, right.item) ||
    compareInPlanningOrder(left, right)
  );
}

/**
 * What the fences of an exact plan decide when the day changes, from the plan as it stands before
 * that (TF-2, TF-3); undefined if no item has such a fence.
 */
export function dayDecisions(keeper: PlanKeeper, day: number): Decision[] | undefined {
  const { definition, state } = keeper;
  let fenced = false;
  const frozen: OrderImage[] = [];
  const released: string[] = [];
  for (const node of state.nodes.values()) {
    const parameters = state.parametersOf(node);
    if (parameters === undefined) continue;
    fenced ||= parameters.freezingFence > 0 || parameters.firmingFence > 0;
    const at = frozenAt(keeper, node, day);
    frozen.push(...at.frozen);
    released.push(...at.released);
  }
  if (!fenced) return undefined;
  const firmed = ordersToFirm(keeper, day);
  const firmedIds = new Set(firmed.map(({ order }) => orderIdOf(order)));
  const settled: Decision = {
    kind: 'dayDecided',
    plan: definition.id,
    day: planDayOf(day),
    frozen: frozen.filter(({ id }) => !firmedIds.has(id)),
    released,
  };
  return firmed.length === 0 ? [settled] : [firmDecision(keeper, firmed), settled];
}
