import { planDayOf, quantityOf } from '@tidemark/kernel';
import type {
  ActionRow,
  CoverageRow,
  DelayRow,
  MessageRow,
  NodeRows,
  OrderRow,
  RequirementRow,
} from '../api/rows.js';
import {
  demandKinds,
  noDay,
  supplyKinds,
  type ActionMessage,
  type DelayMessage,
} from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import { openerNameOf, orderIdOf } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import { demandName, imageNow, supplyName, type NodeImage } from './node-image.js';

type Writable<Row> = { -readonly [Key in keyof Row]: Row[Key] };

const requirementKinds = ['transaction', 'derived', 'safetyStock'] as const;
const receiptKinds = ['onHand', 'transaction', 'plannedOrder'] as const;

/** Everything a plan says of one node, in readers' words. */
export function rowsOfNode(state: PlanState, node: PlanNode): NodeRows {
  const image = imageNow(state, node);
  const { demands, supplies } = node.plan;
  return {
    orders: orderRows(state, node),
    requirements: [
      ...Array.from(demands.kind, (_, row) => demandRow(image, row)),
      ...Array.from(supplies.kind, (_, row) => supplyRow(image, row)),
      ...node.plan.held.map((_, row) => heldRow(image, row)),
    ],
    coverage: coverageRows(image),
    messages: messageRows(image),
  };
}

export function orderRows(state: PlanState, node: PlanNode): OrderRow[] {
  const image = imageNow(state, node);
  return node.plan.orders.map((_, index) => orderRow(image, index));
}

/** The planned order at a place of the plan. */
export function orderRow({ node, plan, delays }: NodeImage, index: number): OrderRow {
  const order = plan.orders[index];
  if (order === undefined) throw new RangeError(`Node ${node.key} has no order ${index}.`);
  const row: Writable<OrderRow> = {
    item: node.item,
    dimensions: node.dimensions,
    id: orderIdOf(order),
    type: order.type,
    status: order.stage,
    quantity: quantityOf(order.quantity),
    requirementDate: planDayOf(delays.shownDay[index] ?? order.requirementDay),
    orderDate: planDayOf(order.orderDay),
    startDate: planDayOf(order.startDay),
    deliveryDate: planDayOf(delays.deliveryDay[index] ?? order.deliveryDay),
    opener: openerNameOf(order.opener),
    ordinal: order.ordinal,
  };
  if (order.priority !== undefined) row.priority = order.priority;
  return row;
}

export function demandRow(image: NodeImage, row: number): RequirementRow {
  const { node, plan, delays } = image;
  const { demands } = plan;
  const kind = demands.kind[row] ?? demandKinds.transaction;
  const delayed = delays.demandDay[row] ?? noDay;
  const shown: Writable<RequirementRow> = {
    item: node.item,
    dimensions: node.dimensions,
    id: demandName(image, row),
    direction: 'issue',
    kind: requirementKinds[kind] ?? 'transaction',
    quantity: quantityOf(demands.quantity[row] ?? 0),
    date: planDayOf(demands.requiredDay[row] ?? 0),
    originalDate: planDayOf(demands.originalDay[row] ?? 0),
    uncovered: quantityOf(demands.uncovered[row] ?? 0),
  };
  if (kind === demandKinds.transaction) {
    const transaction = image.transactionOf(demands.source[row] ?? 0);
    if (transaction !== undefined) shown.type = transaction.type;
    if (transaction?.order !== undefined) shown.order = transaction.order;
  }
  if (delayed !== noDay) shown.delayedDate = planDayOf(delayed);
  return shown;
}

export function supplyRow(image: NodeImage, row: number): RequirementRow {
  const { node, plan, delays } = image;
  const { supplies } = plan;
  const kind = supplies.kind[row] ?? supplyKinds.transaction;
  const delayed = delays.supplyDay[row] ?? noDay;
  const shown: Writable<RequirementRow> = {
    item: node.item,
    dimensions: node.dimensions,
    id: supplyName(image, row),
    direction: 'receipt',
    kind: receiptKinds[kind] ?? 'transaction',
    quantity: quantityOf(supplies.quantity[row] ?? 0),
    free: quantityOf(supplies.free[row] ?? 0),
  };
  if (kind !== supplyKinds.onHand) shown.date = planDayOf(supplies.availableDay[row] ?? 0);
  if (kind === supplyKinds.transaction) {
    const transaction = image.transactionOf(supplies.source[row] ?? 0);
    if (transaction !== undefined) {
      shown.type = transaction.type;
      shown.originalDate = transaction.date;
      if (transaction.order !== undefined) shown.order = transaction.order;
    }
  }
  if (delayed !== noDay) shown.delayedDate = planDayOf(delayed);
  return shown;
}

/** What is on hold: dated as its source has it, neither covered nor uncovered (NE-14). */
export function heldRow(image: NodeImage, row: number): RequirementRow {
  const { node, plan, ids } = image;
  const { source = 0, day = 0, quantity = 0 } = plan.held[row] ?? {};
  const transaction = image.transactionOf(source);
  return {
    item: node.item,
    dimensions: node.dimensions,
    id: ids[source] ?? '',
    direction: transaction?.direction ?? 'issue',
    kind: 'transaction',
    ...(transaction === undefined ? {} : { type: transaction.type }),
    quantity: quantityOf(quantity),
    date: planDayOf(day),
    held: true,
  };
}

/** All that a demand gets of a supply, as one line. */
export function coverageRow(
  image: NodeImage,
  peg: { readonly demand: number; readonly supply: number; readonly quantity: number },
): CoverageRow {
  return {
    item: image.node.item,
    dimensions: image.node.dimensions,
    demand: demandName(image, peg.demand),
    supply: supplyName(image, peg.supply),
    quantity: quantityOf(peg.quantity),
  };
}

function coverageRows(image: NodeImage): CoverageRow[] {
  const { pegs, supplies } = image.plan;
  const width = supplies.kind.length;
  const sums = new Map<number, number>();
  for (let peg = 0; peg < pegs.demand.length; peg += 1) {
    const pair = (pegs.demand[peg] ?? 0) * width + (pegs.supply[peg] ?? 0);
    sums.set(pair, (sums.get(pair) ?? 0) + (pegs.quantity[peg] ?? 0));
  }
  return [...sums].map(([pair, quantity]) =>
    coverageRow(image, { demand: Math.floor(pair / width), supply: pair % width, quantity }),
  );
}

export function delayRow(image: NodeImage, message: DelayMessage): DelayRow {
  return {
    item: image.node.item,
    dimensions: image.node.dimensions,
    kind: 'delay',
    requirement: demandName(image, message.demand),
    date: planDayOf(message.day),
    days: message.days,
    because: message.supply < 0 ? '' : supplyName(image, message.supply),
  };
}

export function actionRow(image: NodeImage, message: ActionMessage): ActionRow {
  const row: Writable<ActionRow> = {
    item: image.node.item,
    dimensions: image.node.dimensions,
    kind: 'action',
    order: supplyName(image, message.supply),
    action: message.action,
  };
  if (message.day !== undefined) row.date = planDayOf(message.day);
  if (message.quantity !== undefined) row.quantity = quantityOf(message.quantity);
  return row;
}

function messageRows(image: NodeImage): MessageRow[] {
  const { delays, actions } = image.messages;
  return [
    ...delays.map((message) => delayRow(image, message)),
    ...actions.map((message) => actionRow(image, message)),
  ];
}
