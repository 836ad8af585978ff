import type { OrderRow, RequirementRow } from '../api/rows.js';
import type { Change } from '../api/runs.js';
import { demandKinds, noDay, supplyKinds } from '../state/node-plan.js';
import {
  openerNameOf,
  orderIdOf,
  sameIdentity,
  type Opener,
  type PlannedOrder,
} from '../state/planned-order.js';
import { matchRows, type RowMatch } from './align-rows.js';
import { demandName, supplyName, type NodeImage } from './node-image.js';
import { demandRow, orderRow, supplyRow } from './node-rows.js';

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

export function matchesOf({ before, after }: NodeImages): NodeMatches {
  return {
    demands: matchRows({
      before: before.plan.demands.kind.length,
      after: after.plan.demands.kind.length,
      same: sameDemands(before, after),
      nameBefore: (row) => demandName(before, row),
      nameAfter: (row) => demandName(after, row),
    }),
    supplies: matchRows({
      before: before.plan.supplies.kind.length,
      after: after.plan.supplies.kind.length,
      same: sameSupplies(before, after),
      nameBefore: (row) => supplyName(before, row),
      nameAfter: (row) => supplyName(after, row),
    }),
    orders: matchRows({
      before: before.plan.orders.length,
      after: after.plan.orders.length,
      same: (was, now) => sameName(before.plan.orders[was], after.plan.orders[now]),
      nameBefore: (index) => orderName(before, index),
      nameAfter: (index) => orderName(after, index),
    }),
  };
}

function orderName({ plan }: NodeImage, index: number): string {
  const order = plan.orders[index];
  return order === undefined ? '' : orderIdOf(order);
}

/** An order's name follows from its identity. */
function sameName(left: PlannedOrder | undefined, right: PlannedOrder | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return left === right || sameIdentity(left.identity, right.identity);
}

function sameDemands(before: NodeImage, after: NodeImage): (was: number, now: number) => boolean {
  const left = before.plan;
  const right = after.plan;
  return (was, now) => {
    const kind = left.demands.kind[was];
    if (kind !== right.demands.kind[now]) return false;
    const leftSource = left.demands.source[was] ?? 0;
    const rightSource = right.demands.source[now] ?? 0;
    if (kind !== demandKinds.derived) return leftSource === rightSource;
    const leftNeed = left.needs[left.demands.segment[was] ?? 0];
    const rightNeed = right.needs[right.demands.segment[now] ?? 0];
    return (
      leftNeed?.line[leftSource] === rightNeed?.line[rightSource] &&
      sameName(leftNeed?.order[leftSource], rightNeed?.order[rightSource])
    );
  };
}

function sameSupplies(before: NodeImage, after: NodeImage): (was: number, now: number) => boolean {
  const left = before.plan;
  const right = after.plan;
  return (was, now) => {
    const kind = left.supplies.kind[was];
    if (kind !== right.supplies.kind[now]) return false;
    const leftSource = left.supplies.source[was] ?? 0;
    const rightSource = right.supplies.source[now] ?? 0;
    if (kind !== supplyKinds.order) return leftSource === rightSource;
    return sameName(left.orders[leftSource], right.orders[rightSource]);
  };
}

interface RowKind<Row> {
  /** Whether the lines of two rows of one name are equal. */
  equal(before: number, after: number): boolean;
  line(image: NodeImage, row: number): Row;
}

/** Lines of rows that came, changed or went, in the order of the rows. */
function changesOf<Row extends { readonly id: string }>(
  { before, after }: NodeImages,
  { rowBefore, rowAfter }: RowMatch,
  kind: RowKind<Row>,
): { found: Change<Row>[]; gone: Change<Row>[] } {
  const found: Change<Row>[] = [];
  const gone: Change<Row>[] = [];
  for (let row = 0; row < rowBefore.length; row += 1) {
    const was = rowBefore[row] ?? -1;
    if (was >= 0 && kind.equal(was, row)) continue;
    const line = kind.line(after, row);
    if (was < 0) found.push({ key: line.id, after: line });
    else found.push({ key: line.id, before: kind.line(before, was), after: line });
  }
  for (let row = 0; row < rowAfter.length; row += 1) {
    if ((rowAfter[row] ?? -1) >= 0) continue;
    const line = kind.line(before, row);
    gone.push({ key: line.id, before: line });
  }
  return { found, gone };
}

export function orderChanges(images: NodeImages, matches: NodeMatches): Change<OrderRow>[] {
  const { before, after } = images;
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
  const { found, gone } = changesOf(images, matches.orders, { equal, line: orderRow });
  return found.concat(gone);
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

/** Changed requirements: first what came or changed, then what went. */
export function requirementChanges(
  images: NodeImages,
  matches: NodeMatches,
): Change<RequirementRow>[] {
  const issues = changesOf(images, matches.demands, {
    equal: equalDemands(images),
    line: demandRow,
  });
  const receipts = changesOf(images, matches.supplies, {
    equal: equalSupplies(images),
    line: supplyRow,
  });
  return issues.found.concat(receipts.found, issues.gone, receipts.gone);
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
  return was?.type === now?.type && was?.date === now?.date;
}
