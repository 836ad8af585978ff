import { isPlaceToStock } from '../settings/stock-to-hold.js';
import type { NettingDesk } from './desk.js';

/**
 * True if the node is one to hold stock of: something is open or in stock there, a planned order
 * stands, a parent needs it, or master data name it. What a parent needed once does not count, or
 * the plan would depend on its past (law 3).
 */
export function isStockedNode({ node, orders, state }: NettingDesk): boolean {
  const transactions = node.issues.length + node.receipts.length + node.shipped.length;
  const rows = transactions + orders.length;
  if (rows > 0 || node.incoming.length > 0 || node.stock !== 0) return true;
  const { master } = state.world;
  const item = master.item(node.item);
  if (item === undefined) return false;
  return (
    isPlaceToStock(master, item, node.dimensions) ||
    state.stockOf(node.item).isKnownAt(node.dimensions, item)
  );
}
