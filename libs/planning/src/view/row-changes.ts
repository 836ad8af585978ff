import { demandKinds, noDay, supplyKinds } from '../state/node-plan.js';
import { openerNameOf, orderIdOf, type Opener, type PlannedOrder } from '../state/planned-order.js';
import { matchRows, RowMatch } from './align-rows.js';
import {
  equalDemandEnds,
  equalOrderEnds,
  equalSupplyEnds,
  sameDemand,
  sameName,
  sameSupply,
} from './equal-ends.js';
import { demandName, supplyName, type NodeImage } from './node-image.js';

/** A node before and after a run. */
export interface NodeImages {
  readonly before: NodeImage;
  readonly after: NodeImage;
}

/** Which row of the node was which before the run. */
export interface NodeMatches {
  readonly demands: RowMatch;
  readonly supplies: RowMatch;
  readonly orders: RowMatch;
}

const demandMatch = new RowMatch();
const supplyMatch = new RowMatch();
const orderMatch = new RowMatch();

/** Good until the next node is matched. */
export function matchesOf({ before, after }: NodeImages): NodeMatches {
  matchRows(demandMatch, {
    before: before.plan.demands.kind.length,
    after: after.plan.demands.kind.length,
    ...equalDemandEnds(before, after),
    same: (was, now) => sameDemand(before.plan, after.plan, was, now),
    nameBefore: (row) => demandName(before, row),
    nameAfter: (row) => demandName(after, row),
  });
  matchRows(supplyMatch, {
    before: before.plan.supplies.kind.length,
    after: after.plan.supplies.kind.length,
    ...equalSupplyEnds(before, after),
    same: (was, now) => sameSupply(before.plan, after.plan, was, now),
    nameBefore: (row) => supplyName(before, row),
    nameAfter: (row) => supplyName(after, row),
  });
  matchRows(orderMatch, {
    before: before.plan.orders.length,
    after: after.plan.orders.length,
    ...equalOrderEnds(before, after),
    same: (was, now) => sameName(before.plan.orders[was], after.plan.orders[now]),
    nameBefore: (index) => orderName(before, index),
    nameAfter: (index) => orderName(after, index),
  });
  return { demands: demandMatch, supplies: supplyMatch, orders: orderMatch };
}

function orderName({ plan }: NodeImage, index: number): string {
  const order = plan.orders[index];
  return order === undefined ? '' : orderIdOf(order);
}

/**
 * Rows of one kind whose lines differ, by their places: those that came or changed in the order of
 * the rows, each by its row before (-1: it came) and its row now, then those that went.
 */
export interface ChangedRows {
  readonly found: readonly number[];
  readonly gone: readonly number[];
}

function changedRows(
  { rowBefore, rowAfter, head, tail, before, after }: RowMatch,
  equal: (before: number, after: number) => boolean,
): ChangedRows {
  const found: number[] = [];
  const gone: number[] = [];
  for (let row = head; row < after - tail; row += 1) {
    const was = rowBefore[row] ?? -1;
    if (was < 0 || !equal(was, row)) found.push(was, row);
  }
  for (let row = head; row < before - tail; row += 1) {
    if ((rowAfter[row] ?? -1) < 0) gone.push(row);
  }
  return { found, gone };
}

export function changedOrders({ before, after }: NodeImages, { orders }: NodeMatches): ChangedRows {
  const equal = (was: number, now: number): boolean => {
    const left = before.plan.orders[was];
    const right = after.plan.orders[now];
    return (
      before.delays.deliveryDay[was] === after.delays.deliveryDay[now] &&
      before.delays.shownDay[was] === after.delays.shownDay[now] &&
      left !== undefined &&
      right !== undefined &&
      (left === right || sameShown(left, right))
    );
  };
  return changedRows(orders, equal);
}

/** True if readers see no difference but that of the delayed days. */
function sameShown(left: PlannedOrder, right: PlannedOrder): boolean {
  return (
    left.quantity === right.quantity &&
    left.requirementDay === right.requirementDay &&
    left.orderDay === right.orderDay &&
    left.startDay === right.startDay &&
    left.deliveryDay === right.deliveryDay &&
    left.type === right.type &&
    left.stage === right.stage &&
    left.ordinal === right.ordinal &&
    left.priority === right.priority &&
    sameOpener(left.opener, right.opener)
  );
}

function sameOpener(left: Opener, right: Opener): boolean {
  if (left === right) return true;
  if (left.kind === 'derived' && right.kind === 'derived') {
    return left.line === right.line && sameName(left.order, right.order);
  }
  return openerNameOf(left) === openerNameOf(right);
}

export function changedDemands(images: NodeImages, { demands }: NodeMatches): ChangedRows {
  return changedRows(demands, equalDemands(images));
}

export function changedSupplies(images: NodeImages, { supplies }: NodeMatches): ChangedRows {
  return changedRows(supplies, equalSupplies(images));
}

function equalDemands({ before, after }: NodeImages): (was: number, now: number) => boolean {
  const left = before.plan.demands;
  const right = after.plan.demands;
  const leftDays = before.delays.demandDay;
  const rightDays = after.delays.demandDay;
  const images = { before, after };
  return (was, now) =>
    left.quantity[was] === right.quantity[now] &&
    left.requiredDay[was] === right.requiredDay[now] &&
    left.originalDay[was] === right.originalDay[now] &&
    left.uncovered[was] === right.uncovered[now] &&
    (leftDays[was] ?? noDay) === (rightDays[now] ?? noDay) &&
    (right.kind[now] !== demandKinds.transaction ||
      sameTransaction(images, right.source[now] ?? 0));
}

function equalSupplies({ before, after }: NodeImages): (was: number, now: number) => boolean {
  const left = before.plan.supplies;
  const right = after.plan.supplies;
  const leftDays = before.delays.supplyDay;
  const rightDays = after.delays.supplyDay;
  const images = { before, after };
  return (was, now) =>
    left.quantity[was] === right.quantity[now] &&
    left.free[was] === right.free[now] &&
    (leftDays[was] ?? noDay) === (rightDays[now] ?? noDay) &&
    (right.kind[now] === supplyKinds.onHand ||
      left.availableDay[was] === right.availableDay[now]) &&
    (right.kind[now] !== supplyKinds.transaction ||
      sameTransaction(images, right.source[now] ?? 0));
}

/** True if readers see no difference in what a transaction itself says. */
function sameTransaction({ before, after }: NodeImages, handle: number): boolean {
  if (!before.isReplaced(handle)) return true;
  const was = before.transactionOf(handle);
  const now = after.transactionOf(handle);
  return was?.type === now?.type && was?.date === now?.date && was?.order === now?.order;
}
