import {
  afterIssueMargin,
  afterReceiptMargin,
  availableDayOf,
  deliveryAfterStart,
} from '../settings/dates.js';
import type { NodeParameters } from '../settings/parameters.js';
import { noDay, supplyKinds, type NodeDelays, type NodePlan } from '../state/node-plan.js';
import { compareNodes, type PlanNode } from '../state/plan-node.js';
import type { PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import { lateLineDays } from './real-orders.js';

/**
 * Delayed days of a node from the delays of the nodes below it (DL-1 to DL-3): of its orders by
 * their components, of its supplies, and of its demands by what covers them.
 */
export function delaysOf(state: PlanState, node: PlanNode, parameters: NodeParameters): NodeDelays {
  const { plan } = node;
  const componentDays = latestComponentDays(node);
  const count = plan.orders.length;
  const deliveryDay = new Array<number>(count);
  const orderDay = new Array<number>(count);
  const shownDay = new Array<number>(count);
  const showsDelayed = parameters.showDelayedRequirementDate;
  for (let index = 0; index < count; index += 1) {
    const order = plan.orders[index];
    if (order === undefined) continue;
    const delivery = deliveryOf(order, componentDays[index] ?? noDay, parameters);
    deliveryDay[index] = delivery.day;
    orderDay[index] = delivery.available;
    const late = showsDelayed && delivery.available > order.requirementDay;
    shownDay[index] = late ? delivery.available : order.requirementDay;
  }
  const supplyDay = supplyDays(state, node, parameters, orderDay);
  const demandDay = demandDays(plan, supplyDay, parameters);
  const needDays = plan.needRows.map((rows) => rows.map((row) => demandDay[row] ?? noDay));
  return { demandDay, supplyDay, deliveryDay, shownDay, needDays };
}

/** For each order, the latest X of its component needs. */
function latestComponentDays(node: PlanNode): number[] {
  const { orders, derived } = node.plan;
  const latest = new Array<number>(orders.length).fill(noDay);
  for (const segment of derived) {
    const days = needDaysOf(segment.target, node);
    if (days === undefined) continue;
    let at = 0;
    for (let row = 0; row < segment.order.length; row += 1) {
      while (at < orders.length && orders[at] !== segment.order[row]) at += 1;
      const day = days[row] ?? noDay;
      if (day > (latest[at] ?? noDay)) latest[at] = day;
    }
  }
  return latest;
}

/** X of the rows that a component node nets for this parent. */
function needDaysOf(target: PlanNode, parent: PlanNode): readonly number[] | undefined {
  const { needs } = target.plan;
  let low = 0;
  let high = needs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = needs[middle];
    if (candidate === undefined) return undefined;
    if (candidate.parent === parent) return target.delays.needDays[middle];
    if (compareNodes(candidate.parent, parent) < 0) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

/** Realistic delivery and availability of an order: its own, or after its latest component. */
function deliveryOf(
  order: PlannedOrder,
  componentDay: number,
  parameters: NodeParameters,
): { day: number; available: number } {
  if (order.keptBy !== undefined) {
    const available = availableDayOf(order.deliveryDay, parameters);
    return { day: order.deliveryDay, available };
  }
  if (componentDay <= order.startDay) {
    return { day: order.deliveryDay, available: order.ownAvailableDay };
  }
  const day = deliveryAfterStart(componentDay, order.type, parameters);
  return { day, available: afterReceiptMargin(day, parameters) };
}

function supplyDays(
  state: PlanState,
  node: PlanNode,
  parameters: NodeParameters,
  orderDay: readonly number[],
): number[] {
  const { supplies } = node.plan;
  const days = new Array<number>(supplies.kind.length);
  for (let row = 0; row < days.length; row += 1) {
    const source = supplies.source[row] ?? 0;
    if (supplies.kind[row] === supplyKinds.onHand) days[row] = noDay;
    else if (supplies.kind[row] === supplyKinds.order) days[row] = orderDay[source] ?? noDay;
    else {
      const late = lateLineDays(state, node, source);
      const own = supplies.availableDay[row] ?? 0;
      const base = state.table.day[source] ?? 0;
      days[row] = late > 0 ? Math.max(own, availableDayOf(base + late, parameters)) : own;
    }
  }
  return days;
}

/** X(d): after the latest covering supply and the issue margin; none from stock alone (DL-2). */
function demandDays(
  plan: NodePlan,
  supplyDay: readonly number[],
  parameters: NodeParameters,
): number[] {
  const { demands, pegs } = plan;
  const latest = new Array<number>(demands.kind.length).fill(noDay);
  for (let peg = 0; peg < pegs.demand.length; peg += 1) {
    const demand = pegs.demand[peg] ?? 0;
    const day = supplyDay[pegs.supply[peg] ?? 0] ?? noDay;
    if (day > (latest[demand] ?? noDay)) latest[demand] = day;
  }
  const margin = parameters.issueMargin;
  if (margin === 0) {
    for (let row = 0; row < latest.length; row += 1) {
      const day = latest[row] ?? noDay;
      if (day !== noDay) latest[row] = parameters.issueDays.next(day);
    }
    return latest;
  }
  return latest.map((day, row) => {
    if (day === noDay) return noDay;
    const withMargin = afterIssueMargin(day, margin, parameters);
    if (!parameters.softIssueMargin) return withMargin;
    return Math.max(day, Math.min(demands.requiredDay[row] ?? 0, withMargin));
  });
}
