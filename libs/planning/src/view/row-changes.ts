import { demandKinds, noDay, supplyKinds, type WholeColumn } from '../state/node-plan.js';
import { openerNameOf, type Opener, type PlannedOrder } from '../state/planned-order.js';
import { matchRows, RowMatch, type RowLists } from './align-rows.js';
import type { NodeImage } from './node-image.js';
import { NumberTray } from './number-tray.js';
import { DemandLists, OrderLists, sameName, SupplyLists } from './row-lists.js';

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
  readonly lists: {
    readonly demands: RowLists;
    readonly supplies: RowLists;
    readonly orders: RowLists;
  };
}

const demandMatch = new RowMatch();
const supplyMatch = new RowMatch();
const orderMatch = new RowMatch();

/** Good until the next node is matched. */
export function matchesOf({ before, after }: NodeImages): NodeMatches {
  const demandLists = new DemandLists(before, after);
  const supplyLists = new SupplyLists(before, after);
  const orderLists = new OrderLists(before, after);
  matchRows(demandMatch, demandLists);
  matchRows(supplyMatch, supplyLists);
  matchRows(orderMatch, orderLists);
  return {
    demands: demandMatch,
    supplies: supplyMatch,
    orders: orderMatch,
    lists: { demands: demandLists, supplies: supplyLists, orders: orderLists },
  };
}

/**
 * Rows of one kind whose lines differ, by their places: those that came or changed in the order of
 * the rows, each by its row before (-1: it came) and its row now, then those that went.
 */
export interface ChangedRows {
  readonly found: WholeColumn;
  readonly gone: WholeColumn;
}

const found = new NumberTray();
const gone = new NumberTray();

function changedRows(
  match: RowMatch,
  lists: RowLists,
  equal: (before: number, after: number) => boolean,
): ChangedRows {
  const { rowBefore, rowAfter, head, tail } = match;
  found.clear();
  gone.clear();
  const end = match.after - tail;
  const endBefore = match.before - tail;
  for (let row = head; row < end; row += 1) {
    const was = rowBefore[row] ?? -1;
    // Rows of one name are one another's pair, so a run of equal rows is a run of pairs.
    const run = was < 0 ? 0 : lists.equalFrom(was, row, Math.min(end - row, match.before - was));
    if (run > 0) row += run - 1;
    else if (was < 0 || !equal(was, row)) {
      found.add(was);
      found.add(row);
    }
  }
  for (let row = head; row < endBefore; row += 1) {
    if ((rowAfter[row] ?? -1) < 0) gone.add(row);
  }
  return { found: found.takenRows(), gone: gone.takenRows() };
}

export function changedOrders(
  { before, after }: NodeImages,
  { orders, lists }: NodeMatches,
): ChangedRows {
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
  return changedRows(orders, lists.orders, equal);
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

export function changedDemands(images: NodeImages, { demands, lists }: NodeMatches): ChangedRows {
  return changedRows(demands, lists.demands, equalDemands(images));
}

export function changedSupplies(images: NodeImages, { supplies, lists }: NodeMatches): ChangedRows {
  return changedRows(supplies, lists.supplies, equalSupplies(images));
}

/** What is on hold, by transaction; there is little of it. */
export function changedHeld({ before, after }: NodeImages): ChangedRows {
  found.clear();
  gone.clear();
  const was = before.plan.held;
  const now = after.plan.held;
  for (const [row, { source, day, quantity }] of now.entries()) {
    const at = was.findIndex((held) => held.source === source);
    const same =
      was[at]?.day === day &&
      was[at].quantity === quantity &&
      sameTransaction({ before, after }, source);
    if (same) continue;
    found.add(at);
    found.add(row);
  }
  for (const [row, { source }] of was.entries()) {
    if (!now.some((held) => held.source === source)) gone.add(row);
  }
  return { found: found.takenRows(), gone: gone.takenRows() };
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
