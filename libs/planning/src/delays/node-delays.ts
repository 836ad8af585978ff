import {
  afterIssueMargin,
  afterReceiptMargin,
  availableDayOf,
  deliveryAfterStart,
} from '../settings/dates.js';
import type { NodeParameters } from '../settings/parameters.js';
import {
  needPlaceOf,
  noDay,
  supplyKinds,
  type NodeDelays,
  type NodePlan,
} from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import { DelayTray } from './delay-tray.js';
import { lateLineDays } from './real-orders.js';

const tray = new DelayTray();

/**
 * Delayed days of a node from the delays of the nodes below it (DL-1 to DL-3): of its orders by
 * their components, of its supplies, and of its demands by what covers them. Days that come out as
 * they were are the very value the node had.
 */
export function delaysOf(state: PlanState, node: PlanNode, parameters: NodeParameters): NodeDelays {
  const { plan } = node;
  const { orders, demands, supplies } = plan;
  tray.start({
    orders: orders.length,
    demands: demands.kind.length,
    supplies: supplies.kind.length,
    needs: plan.needRow.length,
  });
  latestComponentDays(node);
  const showsDelayed = parameters.showDelayedRequirementDate;
  for (let index = 0; index < orders.length; index += 1) {
    const order = orders[index];
    if (order === undefined) continue;
    deliverOrder(order, index, parameters);
    const available = tray.orderDay[index] ?? noDay;
    const late = showsDelayed && available > order.requirementDay;
    tray.shownDay[index] = late ? available : order.requirementDay;
  }
  supplyDays(state, node, parameters);
  demandDays(plan, parameters);
  needDays(plan);
  return tray.finish(node.delays);
}

/** For each order, the latest X of its component needs. */
function latestComponentDays(node: PlanNode): void {
  const { orders, derived } = node.plan;
  const { componentDay } = tray;
  for (let at = 0; at < orders.length; at += 1) componentDay[at] = noDay;
  for (const segment of derived) {
    const { plan, delays } = segment.target;
    const need = needPlaceOf(plan, segment);
    if (plan.needs[need]?.day.length !== segment.day.length) continue;
    let from = plan.needFrom[need] ?? 0;
    let at = 0;
    const { needDay } = delays;
    for (let row = 0; row < segment.order.length; row += 1, from += 1) {
      while (at < orders.length && orders[at] !== segment.order[row]) at += 1;
      const day = needDay[from] ?? noDay;
      if (day > (componentDay[at] ?? noDay)) componentDay[at] = day;
    }
  }
}

/** Realistic delivery and availability of an order: its own, or after its latest component. */
function deliverOrder(order: PlannedOrder, index: number, parameters: NodeParameters): void {
  const componentDay = tray.componentDay[index] ?? noDay;
  let day = order.deliveryDay;
  let available = order.ownAvailableDay;
  if (order.keptBy !== undefined) available = availableDayOf(day, parameters);
  else if (componentDay > order.startDay) {
    day = deliveryAfterStart(componentDay, order.type, parameters);
    available = afterReceiptMargin(day, parameters);
  }
  tray.deliveryDay[index] = day;
  tray.orderDay[index] = available;
}

/** When each supply is there, real orders with the delay of their lines (DL-3). */
function supplyDays(state: PlanState, node: PlanNode, parameters: NodeParameters): void {
  const { supplies } = node.plan;
  const { supplyDay, orderDay } = tray;
  for (let row = 0; row < supplies.kind.length; row += 1) {
    const source = supplies.source[row] ?? 0;
    if (supplies.kind[row] === supplyKinds.onHand) supplyDay[row] = noDay;
    else if (supplies.kind[row] === supplyKinds.order) supplyDay[row] = orderDay[source] ?? noDay;
    else {
      const late = lateLineDays(state, node, source);
      const own = supplies.availableDay[row] ?? 0;
      const base = state.table.day[source] ?? 0;
      supplyDay[row] = late > 0 ? Math.max(own, availableDayOf(base + late, parameters)) : own;
    }
  }
}

/** X(d): after the latest covering supply and the issue margin; none from stock alone (DL-2). */
function demandDays({ demands, pegs }: NodePlan, parameters: NodeParameters): void {
  const { supplyDay, demandDay } = tray;
  const count = demands.kind.length;
  for (let row = 0; row < count; row += 1) demandDay[row] = noDay;
  for (let peg = 0; peg < pegs.demand.length; peg += 1) {
    const demand = pegs.demand[peg] ?? 0;
    const day = supplyDay[pegs.supply[peg] ?? 0] ?? noDay;
    if (day > (demandDay[demand] ?? noDay)) demandDay[demand] = day;
  }
  const margin = parameters.issueMargin;
  for (let row = 0; row < count; row += 1) {
    const day = demandDay[row] ?? noDay;
    if (day === noDay) continue;
    const withMargin = afterIssueMargin(day, margin, parameters);
    const soft = margin > 0 && parameters.softIssueMargin;
    demandDay[row] = soft
      ? Math.max(day, Math.min(demands.requiredDay[row] ?? 0, withMargin))
      : withMargin;
  }
}

function needDays({ needRow }: NodePlan): void {
  const { demandDay, needDay } = tray;
  for (let at = 0; at < needRow.length; at += 1) {
    const row = needRow[at] ?? -1;
    needDay[at] = row < 0 ? noDay : (demandDay[row] ?? noDay);
  }
}
