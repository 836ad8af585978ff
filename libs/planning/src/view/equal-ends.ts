import { demandKinds, supplyKinds, type NodePlan } from '../state/node-plan.js';
import { sameIdentity, type PlannedOrder } from '../state/planned-order.js';
import { equalEnds, type EqualEnds } from './align-rows.js';
import type { NodeImage } from './node-image.js';

/**
 * Rows at both ends of a node's lists that are the same in name and in all that is shown: the wave
 * of one change leaves most rows as they were, so these loops are what a difference costs.
 */
export function equalDemandEnds(before: NodeImage, after: NodeImage): EqualEnds {
  const [rows, rowsNow] = [before.plan.demands.kind.length, after.plan.demands.kind.length];
  return equalEnds(rows, rowsNow, (was, now) => equalDemands(before, after, was, now));
}

export function equalSupplyEnds(before: NodeImage, after: NodeImage): EqualEnds {
  const [rows, rowsNow] = [before.plan.supplies.kind.length, after.plan.supplies.kind.length];
  return equalEnds(rows, rowsNow, (was, now) => equalSupplies(before, after, was, now));
}

export function equalOrderEnds(before: NodeImage, after: NodeImage): EqualEnds {
  const [rows, rowsNow] = [before.plan.orders.length, after.plan.orders.length];
  return equalEnds(rows, rowsNow, (was, now) => equalOrders(before, after, was, now));
}

function equalDemands(before: NodeImage, after: NodeImage, was: number, now: number): boolean {
  const left = before.plan.demands;
  const right = after.plan.demands;
  return (
    left.quantity[was] === right.quantity[now] &&
    left.uncovered[was] === right.uncovered[now] &&
    left.requiredDay[was] === right.requiredDay[now] &&
    left.originalDay[was] === right.originalDay[now] &&
    before.delays.demandDay[was] === after.delays.demandDay[now] &&
    sameDemand(before.plan, after.plan, was, now) &&
    (left.kind[was] !== demandKinds.transaction || !before.isReplaced(left.source[was] ?? 0))
  );
}

function equalSupplies(before: NodeImage, after: NodeImage, was: number, now: number): boolean {
  const left = before.plan.supplies;
  const right = after.plan.supplies;
  return (
    left.quantity[was] === right.quantity[now] &&
    left.free[was] === right.free[now] &&
    left.availableDay[was] === right.availableDay[now] &&
    before.delays.supplyDay[was] === after.delays.supplyDay[now] &&
    sameSupply(before.plan, after.plan, was, now) &&
    (left.kind[was] !== supplyKinds.transaction || !before.isReplaced(left.source[was] ?? 0))
  );
}

function equalOrders(before: NodeImage, after: NodeImage, was: number, now: number): boolean {
  return (
    before.plan.orders[was] === after.plan.orders[now] &&
    before.delays.deliveryDay[was] === after.delays.deliveryDay[now] &&
    before.delays.shownDay[was] === after.delays.shownDay[now]
  );
}

/** Whether a demand before and one after bear the same name. */
export function sameDemand(left: NodePlan, right: NodePlan, was: number, now: number): boolean {
  const kind = left.demands.kind[was];
  if (kind !== right.demands.kind[now]) return false;
  const leftSource = left.demands.source[was] ?? 0;
  const rightSource = right.demands.source[now] ?? 0;
  if (kind !== demandKinds.derived) return leftSource === rightSource;
  const leftNeed = left.needs[left.demands.segment[was] ?? 0];
  const rightNeed = right.needs[right.demands.segment[now] ?? 0];
  if (leftNeed === rightNeed && leftSource === rightSource) return true;
  return (
    leftNeed?.line[leftSource] === rightNeed?.line[rightSource] &&
    sameName(leftNeed?.order[leftSource], rightNeed?.order[rightSource])
  );
}

export function sameSupply(left: NodePlan, right: NodePlan, was: number, now: number): boolean {
  const kind = left.supplies.kind[was];
  if (kind !== right.supplies.kind[now]) return false;
  const leftSource = left.supplies.source[was] ?? 0;
  const rightSource = right.supplies.source[now] ?? 0;
  if (kind !== supplyKinds.order) return leftSource === rightSource;
  return sameName(left.orders[leftSource], right.orders[rightSource]);
}

/** An order's name follows from its identity. */
export function sameName(left: PlannedOrder | undefined, right: PlannedOrder | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return left === right || sameIdentity(left.identity, right.identity);
}
