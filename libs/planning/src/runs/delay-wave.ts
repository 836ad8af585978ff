import { delaysOf } from '../delays/node-delays.js';
import { receiptNodesOfLine, reworkNodesOfLine } from '../delays/real-orders.js';
import { needPlaceOf, noDay, noDelays, type DerivedSegment } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import type { NodeBefore, RunLog } from './run-log.js';
import { StageQueue } from './stage-queue.js';

/**
 * Delays from the bottom up; a node whose needs are met as before stops the wave (DL-1, DL-7). Real
 * orders against the BOM bring it back to nodes it has passed, until their days stay as they are:
 * no order waits for itself, so they do.
 */
export function delayUp(
  state: PlanState,
  covered: ReadonlySet<PlanNode>,
  log: RunLog,
): Set<PlanNode> {
  const queue = new StageQueue();
  const told = new Set<PlanNode>();
  for (const node of covered) {
    queue.add(node);
    for (const rework of reworkNodesOfLine(state, node)) state.rework.add(rework);
  }
  // What such an order waits for may change by pegs far away, with no day changed on the way.
  if (covered.size > 0) for (const node of state.rework) queue.add(node);
  for (let node = queue.takeBottom(); node !== undefined; node = queue.takeBottom()) {
    const parameters = state.parametersOf(node);
    const standing = node.delays;
    const delays = parameters === undefined ? noDelays : delaysOf(state, node, parameters);
    const again = told.has(node);
    if (delays === standing && (again || !covered.has(node))) continue;
    log.remember(node);
    told.add(node);
    node.delays = delays;
    if (again) passUpAgain(state, node, queue);
    else passUp(state, node, queue, log);
  }
  return told;
}

/** Whoever took the days of the first visit takes them anew. */
function passUpAgain(state: PlanState, node: PlanNode, queue: StageQueue): void {
  for (const { parent } of node.plan.needs) queue.add(parent);
  for (const receiptNode of receiptNodesOfLine(state, node)) queue.add(receiptNode);
}

/** Tells the parents whose needs are met on another day than before this run. */
function passUp(state: PlanState, node: PlanNode, queue: StageQueue, log: RunLog): void {
  const before = log.before(node);
  if (before?.plan === node.plan && before.delays === node.delays) return;
  const { needs } = node.plan;
  for (let at = 0; at < needs.length; at += 1) {
    const need = needs[at];
    if (need === undefined || isMetAsBefore(node, need, at, before)) continue;
    queue.add(need.parent);
    log.reached(need.parent, node);
  }
  for (const receiptNode of receiptNodesOfLine(state, node)) {
    queue.add(receiptNode);
    log.reached(receiptNode, node);
  }
}

/**
 * True if no order of the parent waits longer or shorter than before for the rows of its need: each
 * is met on the day on which it was met, or by the order's start all the same.
 */
function isMetAsBefore(
  node: PlanNode,
  need: DerivedSegment,
  at: number,
  before: NodeBefore | undefined,
): boolean {
  if (before === undefined) return false;
  const was = needPlaceOf(before.plan, need);
  const rows = before.plan.needs[was]?.day.length;
  if (rows !== need.day.length) return false;
  const old = before.delays.needDay;
  const now = node.delays.needDay;
  const oldFrom = before.plan.needFrom[was] ?? 0;
  const from = node.plan.needFrom[at] ?? 0;
  const orders = ordersOfNeed(node, need, at);
  for (let row = 0; row < rows; row += 1) {
    const oldDay = old[oldFrom + row] ?? noDay;
    const day = now[from + row] ?? noDay;
    if (oldDay !== day && !isInTime(orders?.[row], Math.max(oldDay, day))) return false;
  }
  return true;
}

/** The orders that the parent now has, of each row of the need; undefined: it has none there. */
function ordersOfNeed(
  node: PlanNode,
  need: DerivedSegment,
  at: number,
): readonly PlannedOrder[] | undefined {
  const standing = node.incoming[at];
  return standing?.parent === need.parent ? standing.order : undefined;
}

/** True if an order does not wait for a need that is met by this day (DL-1). */
function isInTime(order: PlannedOrder | undefined, day: number): boolean {
  return order !== undefined && (day <= order.startDay || order.keptBy !== undefined);
}
