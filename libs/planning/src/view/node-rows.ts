import { planDayOf, quantityOf } from '@tidemark/kernel';
import type { CoverageRow, MessageRow, NodeRows, OrderRow, RequirementRow } from '../api/rows.js';
import { demandKinds, noDay, supplyKinds } from '../state/node-plan.js';
import { demandNameIn, supplyNameIn } from '../state/names.js';
import type { PlanNode } from '../state/plan-node.js';
import { openerNameOf, orderIdOf } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';

/** Everything a plan says of one node, in readers' words. */
export function rowsOfNode(state: PlanState, node: PlanNode): NodeRows {
  return {
    orders: orderRows(state, node),
    requirements: [...demandRows(state, node), ...supplyRows(state, node)],
    coverage: coverageRows(state, node),
    messages: messageRows(state, node),
  };
}

function nameOf(node: PlanNode): Pick<OrderRow, 'item' | 'dimensions'> {
  return { item: node.item, dimensions: node.dimensions };
}

export function orderRows(state: PlanState, node: PlanNode): OrderRow[] {
  const showDelayed = state.definition.setRequirementDateToDelayedDate;
  const parameters = state.parametersOf(node);
  const availableOf = availableDays(node);
  return node.plan.orders.map((order, index) => {
    const available = availableOf.get(index) ?? order.ownAvailableDay;
    const late = showDelayed && parameters !== undefined && available > order.requirementDay;
    return {
      ...nameOf(node),
      id: orderIdOf(order),
      type: order.type,
      status: order.stage,
      quantity: quantityOf(order.quantity),
      requirementDate: planDayOf(late ? available : order.requirementDay),
      orderDate: planDayOf(order.orderDay),
      startDate: planDayOf(order.startDay),
      deliveryDate: planDayOf(node.delays.deliveryDay[index] ?? order.deliveryDay),
      opener: openerNameOf(order.opener),
      ordinal: order.ordinal,
      ...(order.priority === undefined ? {} : { priority: order.priority }),
    };
  });
}

function availableDays(node: PlanNode): Map<number, number> {
  const days = new Map<number, number>();
  const { supplies } = node.plan;
  for (let row = 0; row < supplies.kind.length; row += 1) {
    if (supplies.kind[row] !== supplyKinds.order) continue;
    days.set(supplies.source[row] ?? 0, node.delays.supplyDay[row] ?? noDay);
  }
  return days;
}

function demandRows(state: PlanState, node: PlanNode): RequirementRow[] {
  const { demands } = node.plan;
  const kinds = ['transaction', 'derived', 'safetyStock'] as const;
  return demands.kind.map((kind, row) => {
    const image =
      kind === demandKinds.transaction ? state.table.image(demands.source[row] ?? 0) : undefined;
    const delayed = node.delays.demandDay[row] ?? noDay;
    return {
      ...nameOf(node),
      id: demandNameIn(state, node, row),
      direction: 'issue',
      kind: kinds[kind] ?? 'transaction',
      ...(image === undefined ? {} : { type: image.type }),
      quantity: quantityOf(demands.quantity[row] ?? 0),
      date: planDayOf(demands.requiredDay[row] ?? 0),
      originalDate: planDayOf(demands.originalDay[row] ?? 0),
      uncovered: quantityOf(demands.uncovered[row] ?? 0),
      ...(delayed === noDay ? {} : { delayedDate: planDayOf(delayed) }),
    };
  });
}

function supplyRows(state: PlanState, node: PlanNode): RequirementRow[] {
  const { supplies } = node.plan;
  const kinds = ['onHand', 'transaction', 'plannedOrder'] as const;
  return supplies.kind.map((kind, row) => {
    const image =
      kind === supplyKinds.transaction ? state.table.image(supplies.source[row] ?? 0) : undefined;
    const delayed = node.delays.supplyDay[row] ?? noDay;
    const stock = kind === supplyKinds.onHand;
    return {
      ...nameOf(node),
      id: supplyNameIn(state, node.plan, row),
      direction: 'receipt',
      kind: kinds[kind] ?? 'transaction',
      ...(image === undefined ? {} : { type: image.type, originalDate: image.date }),
      quantity: quantityOf(supplies.quantity[row] ?? 0),
      ...(stock ? {} : { date: planDayOf(supplies.availableDay[row] ?? 0) }),
      free: quantityOf(supplies.free[row] ?? 0),
      ...(delayed === noDay ? {} : { delayedDate: planDayOf(delayed) }),
    };
  });
}

function coverageRows(state: PlanState, node: PlanNode): CoverageRow[] {
  const { pegs } = node.plan;
  const sums = new Map<string, CoverageRow>();
  for (let peg = 0; peg < pegs.demand.length; peg += 1) {
    const demand = demandNameIn(state, node, pegs.demand[peg] ?? 0);
    const supply = supplyNameIn(state, node.plan, pegs.supply[peg] ?? 0);
    const key = `${demand}\u0000${supply}`;
    const quantity = (sums.get(key)?.quantity ?? 0) + (pegs.quantity[peg] ?? 0);
    sums.set(key, { ...nameOf(node), demand, supply, quantity: quantityOf(quantity) });
  }
  return [...sums.values()];
}

function messageRows(state: PlanState, node: PlanNode): MessageRow[] {
  const delays = node.messages.delays.map((message): MessageRow => ({
    ...nameOf(node),
    kind: 'delay',
    requirement: demandNameIn(state, node, message.demand),
    date: planDayOf(message.day),
    days: message.days,
    because: message.supply < 0 ? '' : supplyNameIn(state, node.plan, message.supply),
  }));
  const actions = node.messages.actions.map((message): MessageRow => ({
    ...nameOf(node),
    kind: 'action',
    order: supplyNameIn(state, node.plan, message.supply),
    action: message.action,
    ...(message.day === undefined ? {} : { date: planDayOf(message.day) }),
    ...(message.quantity === undefined ? {} : { quantity: quantityOf(message.quantity) }),
  }));
  return [...delays, ...actions];
}
