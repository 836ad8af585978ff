import type { PlanNode } from './nodes.js';
import { pegsOfSupply } from './pegs.js';
import { isDecided, lineKey, orderOf, type PlannedOrder } from './state.js';
import { nodeAt, type View } from './view.js';

/** NE-3: an order goes, with its needs and the orders that covered only those. */
export function dropOrder(view: View, order: PlannedOrder): readonly PlanNode[] {
  const { state } = view;
  state.orders = state.orders.filter((other) => other !== order);
  state.pegs = state.pegs.filter((peg) => peg.supply !== order.id);
  return order.lines.flatMap((line) => [
    nodeAt(view, line.item, line.dimensions),
    ...dropDemand(view, lineKey(order.id, line.line)),
  ]);
}

/** MO-7: the pegs of a demand go, and planned orders that covered nothing else, recursively. */
export function dropDemand(view: View, demand: string): readonly PlanNode[] {
  const { state } = view;
  const lost = state.pegs.filter((peg) => peg.demand === demand);
  state.pegs = state.pegs.filter((peg) => peg.demand !== demand);
  return lost.flatMap(({ supply }) => {
    const order = orderOf(state, supply);
    if (order === undefined || isDecided(order)) return [];
    return pegsOfSupply(view, supply).length > 0 ? [] : dropOrder(view, order);
  });
}
