import { identityOfText, planDayOf } from '@tidemark/kernel';
import type { PlanView } from '../api/engine.js';
import type { OrderRow } from '../api/rows.js';
import { traceOfOrder } from '../explanation/order-trace.js';
import { shortagesOf } from '../view/shortages.js';
import { demandsOn, ordersFor } from '../view/static-explosion.js';
import { markingsOf } from '../view/markings.js';
import { compareInPlanningOrder, type PlanNode } from '../state/plan-node.js';
import { sameIdentity } from '../state/planned-order.js';
import { imageNow } from '../view/node-image.js';
import { orderRow, rowsOfNode } from '../view/node-rows.js';
import { overlaid } from './overlay.js';
import type { PlanKeeper } from './plan-keeper.js';

/** What readers see of a plan after its last revision. */
export function viewOf(keeper: PlanKeeper): PlanView {
  const { state } = keeper;
  const nodesOf = (item: string | undefined): PlanNode[] => {
    const nodes =
      item === undefined ? [...state.nodes.values()] : (state.nodesOfItem.get(item) ?? []);
    return nodes.toSorted(compareInPlanningOrder);
  };
  return {
    definition: state.definition,
    revision: keeper.numbers.revision,
    tidemark: keeper.tidemark,
    day: planDayOf(state.today),
    nodes: () =>
      nodesOf(undefined).map(({ item, dimensions, level }) => ({ item, dimensions, level })),
    rowsOf: (item) => nodesOf(item).map((node) => rowsOfNode(state, node)),
    order: (id) => findOrder(keeper, id)?.row,
    traceOf: (id) => {
      const found = findOrder(keeper, id);
      const order = found?.node.plan.orders[found.index];
      return found === undefined || order === undefined
        ? []
        : traceOfOrder(state, found.node, order);
    },
    pendingOf: (item) => keeper.pending.countOf(item),
    profileOf: (item) =>
      overlaid(keeper, item, () =>
        nodesOf(item).flatMap((node) => rowsOfNode(state, node).requirements),
      ),
    explosionOf: (demand) => ordersFor(state, [demand]),
    dependentsOf: (order) => demandsOn(state, order),
    shortagesOf: (demands) => shortagesOf(state, demands),
    markingsOf: (issue) => markingsOf(state, issue),
    reservationOf: (issue) => state.markings.reservationOf(issue),
    levelOf: (item, dimensions) => state.world.levels.levelOf(item, dimensions),
  };
}

/** A planned order of the plan by its id, with the node it stands at. */
export function findOrder(
  keeper: PlanKeeper,
  id: string,
): { node: PlanNode; row: OrderRow; index: number } | undefined {
  const identity = identityOfText(id);
  for (const node of keeper.state.nodes.values()) {
    const index = node.plan.orders.findIndex((order) => sameIdentity(order.identity, identity));
    if (index < 0) continue;
    const row = orderRow(imageNow(keeper.state, node), index);
    if (row.id === id) return { node, row, index };
  }
  return undefined;
}
