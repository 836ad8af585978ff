import type { OrderType } from '@tidemark/master-data';
import type { NodeParameters } from '../settings/parameters.js';
import { markColumn, quantityColumn, wholeColumn } from '../state/columns.js';
import { noMarks, noQuantities, noWholes, type DerivedSegment } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import { sameIdentity, type PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import { explodeInto, type Explosion } from './explode.js';
import { NeedTray } from './need-tray.js';

/** NE-7 rank of the needs an order type makes: component lines, or the issue of a transfer. */
const needRanks: Readonly<Record<OrderType, number>> = {
  purchase: 2,
  production: 2,
  kanban: 2,
  transfer: 3,
};

const tray = new NeedTray();

/** The columns of a component node that was not needed before. */
const noSegment = { line: noWholes, day: noWholes, quantity: noQuantities, pegged: noMarks };

/**
 * Explodes all orders of a node into one segment a component node, in order of first mention. A
 * segment that comes out as the node's last plan has it is that very segment.
 */
export function explodeOrders(
  state: PlanState,
  node: PlanNode,
  parameters: NodeParameters,
  orders: readonly PlannedOrder[],
): readonly DerivedSegment[] {
  tray.start();
  let explosion: Explosion | undefined;
  for (let at = 0; at < orders.length; at += 1) {
    const order = orders[at];
    if (order === undefined) continue;
    tray.open(at, needRanks[order.type]);
    if (order.fixedLines === undefined) {
      explosion ??= { state, node, parameters, order, targets: new Map() };
      explosion.order = order;
      explodeInto(tray, explosion);
    } else for (const line of order.fixedLines) tray.put(line);
  }
  const segments: DerivedSegment[] = [];
  for (let at = 0; at < tray.targets.length; at += 1) segments.push(segmentOf(node, orders, at));
  return segments;
}

/** The segment of the component node at a place among those mentioned. */
function segmentOf(node: PlanNode, orders: readonly PlannedOrder[], at: number): DerivedSegment {
  const target = tray.targets[at]?.node;
  if (target === undefined) throw new RangeError(`No component node ${at}.`);
  const count = tray.select(at);
  const rank = tray.targets[at]?.rank ?? 0;
  const { line, day, quantity, pegged } = tray.selected;
  const order: PlannedOrder[] = [];
  let hasPegged = false;
  for (let row = 0; row < count; row += 1) {
    const of = orders[tray.selected.order[row] ?? 0];
    if (of !== undefined) order.push(of);
    if (pegged[row] === 1) hasPegged = true;
  }
  const standing = node.plan.derived.find((segment) => segment.target === target);
  if (standing?.rank === rank && isSame(standing, order)) return standing;
  const before = standing ?? noSegment;
  return {
    parent: node,
    target,
    order,
    line: wholeColumn(before.line, line, count),
    day: wholeColumn(before.day, day, count),
    quantity: quantityColumn(before.quantity, quantity, count),
    pegged: markColumn(before.pegged, pegged, count),
    hasPegged,
    rank,
    needAt: standing?.needAt ?? 0,
  };
}

/** True if a standing segment is of the same orders and has the very rows selected. */
function isSame(standing: DerivedSegment, orders: readonly PlannedOrder[]): boolean {
  if (standing.order.length !== orders.length) return false;
  const { line, day, quantity, pegged } = tray.selected;
  for (let row = 0; row < orders.length; row += 1) {
    if (
      standing.order[row] !== orders[row] ||
      standing.day[row] !== day[row] ||
      standing.quantity[row] !== quantity[row] ||
      standing.line[row] !== line[row] ||
      standing.pegged[row] !== pegged[row]
    ) {
      return false;
    }
  }
  return true;
}

/** True if the component cannot tell the two apart: same rows, days, quantities, orders. */
export function sameSegment(left: DerivedSegment, right: DerivedSegment): boolean {
  if (left === right) return true;
  if (left.day.length !== right.day.length || left.rank !== right.rank) return false;
  for (let row = 0; row < left.day.length; row += 1) {
    if (
      left.day[row] !== right.day[row] ||
      left.quantity[row] !== right.quantity[row] ||
      left.line[row] !== right.line[row] ||
      left.pegged[row] !== right.pegged[row]
    ) {
      return false;
    }
    const leftOrder = left.order[row];
    const rightOrder = right.order[row];
    if (leftOrder === rightOrder) continue;
    if (leftOrder === undefined || rightOrder === undefined) return false;
    if (!sameIdentity(leftOrder.identity, rightOrder.identity)) return false;
    if (leftOrder.requirementDay !== rightOrder.requirementDay) return false;
  }
  return true;
}
