import type { OrderType } from '@tidemark/master-data';
import type { NodeParameters } from '../settings/parameters.js';
import type { DerivedSegment } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import { sameIdentity, type PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import { explodeOrder, type LineTargets } from './explode.js';

interface OpenSegment {
  readonly parent: PlanNode;
  readonly target: PlanNode;
  readonly order: PlannedOrder[];
  readonly line: number[];
  readonly day: number[];
  readonly quantity: number[];
  readonly pegged: number[];
  readonly rank: number;
}

/** NE-7 rank of the needs an order type makes: component lines, or the issue of a transfer. */
const needRanks: Readonly<Record<OrderType, number>> = {
  purchase: 2,
  production: 2,
  kanban: 2,
  transfer: 3,
};

/** Explodes all orders of a node into one segment a component node, in order of first mention. */
export function explodeOrders(
  state: PlanState,
  node: PlanNode,
  parameters: NodeParameters,
  orders: readonly PlannedOrder[],
): readonly DerivedSegment[] {
  const segments: OpenSegment[] = [];
  const targets: LineTargets = new Map();
  for (const order of orders) {
    const lines = order.fixedLines ?? explodeOrder(state, node, parameters, order, targets);
    const rank = needRanks[order.type];
    for (const line of lines) {
      let segment = segments.find((open) => open.target === line.target);
      if (segment === undefined) {
        segment = openSegment(node, line.target, rank);
        segments.push(segment);
      }
      segment.order.push(order);
      segment.line.push(line.line);
      segment.day.push(line.day);
      segment.quantity.push(line.quantity);
      segment.pegged.push(line.pegged ? 1 : 0);
    }
  }
  return segments;
}

function openSegment(parent: PlanNode, target: PlanNode, rank: number): OpenSegment {
  return { parent, target, rank, order: [], line: [], day: [], quantity: [], pegged: [] };
}

/** True if the component cannot tell the two apart: same rows, days, quantities, orders. */
export function sameSegment(left: DerivedSegment, right: DerivedSegment): boolean {
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
    if (leftOrder === undefined || rightOrder === undefined) return false;
    if (!sameIdentity(leftOrder.identity, rightOrder.identity)) return false;
    if (leftOrder.requirementDay !== rightOrder.requirementDay) return false;
  }
  return true;
}
