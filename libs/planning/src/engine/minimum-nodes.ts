import { placesToStock } from '../settings/stock-to-hold.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';

/**
 * Opens the nodes that only a minimum or a reorder point calls for (SS-1, CC-7); `opened` is told
 * of new ones.
 */
export function openMinimumNodes(state: PlanState, opened: (node: PlanNode) => void): void {
  const { master } = state.world;
  const open = (id: string, dimensions: PlanNode['dimensions']): void => {
    const item = master.item(id);
    if (item === undefined) return;
    const known = state.nodes.size;
    const node = state.nodeFor(item, dimensions);
    if (state.nodes.size > known) opened(node);
  };
  for (const item of master.items()) {
    for (const place of placesToStock(master, item)) open(item.id, place);
  }
}
