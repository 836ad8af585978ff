import type { OrderType } from '@tidemark/master-data';
import type { NodeParameters } from './parameters.js';

/** The days of a planned order. */
export interface OrderDays {
  /** Q: the wanted day. */
  readonly requirementDay: number;
  readonly orderDay: number;
  readonly startDay: number;
  readonly deliveryDay: number;
}

/** The one set of days: those of an order are good until the next are asked for. */
const days = { requirementDay: 0, orderDay: 0, startDay: 0, deliveryDay: 0 };

/** R of an issue: its day rolled back to an open day, never before today (DA-2). */
export function requiredDayOf(day: number, node: NodeParameters): number {
  const required = node.issueDays.prev(day);
  return required < node.today ? node.issueDays.next(node.today) : required;
}

/** Delivery date of an open receipt expected on `day`: an open day, never before today (DA-3). */
export function receiptDeliveryOf(day: number, node: NodeParameters): number {
  return node.receiptDays.next(Math.max(day, node.today));
}

/** A of an open receipt expected on `day` (DA-3). */
export function availableDayOf(day: number, node: NodeParameters): number {
  return afterReceiptMargin(receiptDeliveryOf(day, node), node);
}

/** `next(day + receiptMargin)`, in the days that margins count in (MG-5). */
export function afterReceiptMargin(day: number, node: NodeParameters): number {
  if (node.receiptMargin === 0) return node.itemDays.next(day);
  if (node.marginsInWorkingDays) return node.itemDays.forward(day, node.receiptMargin);
  return node.itemDays.next(day + node.receiptMargin);
}

/** The delivery that is there by `day`: `prev(day - receiptMargin)`. */
export function beforeReceiptMargin(day: number, node: NodeParameters): number {
  const { receiptMargin: margin, receiptDays } = node;
  if (margin === 0) return receiptDays.prev(day);
  return receiptDays.prev(
    node.marginsInWorkingDays ? node.itemDays.back(day, margin) : day - margin,
  );
}

/** `R - issueMargin`, not rolled to an open day. */
export function beforeIssueMargin(day: number, margin: number, node: NodeParameters): number {
  if (margin === 0) return day;
  return node.marginsInWorkingDays ? node.itemDays.back(day, margin) : day - margin;
}

/** `next(X + issueMargin)` (DL-2). */
export function afterIssueMargin(day: number, margin: number, node: NodeParameters): number {
  if (margin === 0) return node.issueDays.next(day);
  return node.issueDays.next(
    node.marginsInWorkingDays ? node.itemDays.forward(day, margin) : day + margin,
  );
}

/**
 * Days of an order for a need on R, less its issue margin: backward from there, or forward from
 * today when the order would have to be placed in the past (DA-4, DA-5); outside the freezing fence
 * (TF-2b).
 */
export function orderDaysFor(neededBy: number, type: OrderType, node: NodeParameters): OrderDays {
  const { itemDays, today } = node;
  const wanted = itemDays.prev(neededBy);
  const earliest = itemDays.next(today);
  let requirementDay = wanted > earliest ? wanted : earliest;
  if (node.freezingFence > 0 && requirementDay <= today + node.freezingFence) {
    requirementDay = itemDays.next(today + node.freezingFence + 1);
  }
  return orderDaysOn(requirementDay, type, node);
}

/** Days of an order that is wanted on Q (DA-4, DA-5). */
export function orderDaysOn(
  requirementDay: number,
  type: OrderType,
  node: NodeParameters,
): OrderDays {
  const back = orderDaysBack(beforeReceiptMargin(requirementDay, node), type, node);
  if (back.orderDay < node.today) orderDaysForward(node.today, type, node);
  days.requirementDay = requirementDay;
  return days;
}

/** Start and order day of a delivery on L. */
export function orderDaysBack(
  deliveryDay: number,
  type: OrderType,
  node: NodeParameters,
): Omit<OrderDays, 'requirementDay'> {
  const startDay = node.leadDays.back(deliveryDay, node.leadTimes[type]);
  days.orderDay = node.orderDays.prev(
    node.marginsInWorkingDays
      ? node.reorderDays.back(startDay, node.reorderMargin)
      : startDay - node.reorderMargin,
  );
  days.startDay = startDay;
  days.deliveryDay = deliveryDay;
  return days;
}

/** Start and delivery of an order placed on `from` or the next open day (DA-5). */
export function orderDaysForward(
  from: number,
  type: OrderType,
  node: NodeParameters,
): Omit<OrderDays, 'requirementDay'> {
  const { leadDays } = node;
  const orderDay = node.orderDays.next(from);
  const startDay = leadDays.next(
    node.marginsInWorkingDays
      ? node.reorderDays.forward(orderDay, node.reorderMargin)
      : orderDay + node.reorderMargin,
  );
  days.orderDay = orderDay;
  days.startDay = startDay;
  days.deliveryDay = deliveryAfterStart(startDay, type, node);
  return days;
}

/** Delivery of an order that starts on `startDay`. */
export function deliveryAfterStart(
  startDay: number,
  type: OrderType,
  node: NodeParameters,
): number {
  return node.receiptDays.next(node.leadDays.forward(startDay, node.leadTimes[type]));
}

/** E: the earliest day that a new order can be available (DA-6). */
export function earliestDayOf(node: NodeParameters): number {
  const { deliveryDay } = orderDaysForward(node.today, node.orderType, node);
  const available = afterReceiptMargin(deliveryDay, node);
  if (node.freezingFence === 0) return available;
  return Math.max(available, node.itemDays.next(node.today + node.freezingFence + 1));
}
