import type { ExplodedLine } from './exploded-line.js';
import { demandRowOfNeed, needPlaceOf } from './node-plan.js';
import type { PlanNode } from './plan-node.js';
import type { PlannedOrder } from './planned-order.js';

/** A component need of an order where it is netted; row -1: left out there. */
export interface NeedPlace {
  readonly target: PlanNode;
  readonly row: number;
  readonly line: number;
}

/** The component needs of an order as its node's plan has them, by line. */
export function linesOfOrder(node: PlanNode, order: PlannedOrder): ExplodedLine[] {
  const lines = node.plan.derived.flatMap(
    ({ order: orders, target, line, day, quantity, pegged }) =>
      orders.flatMap((of, row) =>
        of !== order
          ? []
          : [
              {
                line: line[row] ?? 0,
                target,
                day: day[row] ?? 0,
                quantity: quantity[row] ?? 0,
                pegged: pegged[row] === 1,
              },
            ],
      ),
  );
  return lines.sort((left, right) => left.line - right.line);
}

/** Where the component needs of all orders of a node are netted, by order. */
export function needPlacesAt(node: PlanNode): ReadonlyMap<PlannedOrder, readonly NeedPlace[]> {
  const places = new Map<PlannedOrder, NeedPlace[]>();
  for (const segment of node.plan.derived) {
    const { target, order: orders, line } = segment;
    const at = needPlaceOf(target.plan, segment);
    for (const [row, order] of orders.entries()) {
      const of = places.get(order) ?? [];
      of.push({ target, row: demandRowOfNeed(target.plan, at, row), line: line[row] ?? 0 });
      places.set(order, of);
    }
  }
  return places;
}

/** Where the component needs of an order are netted. */
export function* needPlacesOf(node: PlanNode, order: PlannedOrder): IterableIterator<NeedPlace> {
  for (const segment of node.plan.derived) {
    const { target, order: orders, line } = segment;
    const at = needPlaceOf(target.plan, segment);
    for (let row = 0; row < orders.length; row += 1) {
      if (orders[row] !== order) continue;
      yield { target, row: demandRowOfNeed(target.plan, at, row), line: line[row] ?? 0 };
    }
  }
}
