import type { PlanKeeper } from './plan-keeper.js';
import { findOrder } from './plan-view.js';

/** The item of a transaction that the plan knows or is about to. */
export function itemOf({ state, pending }: PlanKeeper, name: string): string | undefined {
  const handle = state.table.handleOf(name);
  const node = handle === undefined ? undefined : state.nodeOfHandle[handle];
  return node?.item ?? pending.imageOf(name)?.item;
}

/** The same for real orders by their name, and planned orders by their id. */
export function itemOfAny(keeper: PlanKeeper, name: string): string | undefined {
  const [line] = keeper.state.orderGroups.get(name) ?? [];
  const node = line === undefined ? undefined : keeper.state.nodeOfHandle[line];
  return itemOf(keeper, name) ?? node?.item ?? findOrder(keeper, name)?.node.item;
}
