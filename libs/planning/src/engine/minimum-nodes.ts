import type { CoverageSettings } from '@tidemark/master-data';
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
    const plain = item.productDimensions.length + item.coverageDimensions.length === 0;
    const group = master.group(item.coverageGroup)?.settings;
    if (plain && callsForStock({ ...group, ...item.coverage })) open(item.id, {});
    for (const entry of item.coverageByDimension) {
      if (callsForStock(entry.settings)) open(item.id, entry.for);
    }
  }
}

function callsForStock({ minimum, reorderPoint }: CoverageSettings): boolean {
  return (minimum ?? 0) > 0 || (reorderPoint ?? 0) > 0;
}
