import type { InventoryTransaction } from '@tidemark/inventory';
import { demandKinds, supplyKinds } from '../state/node-plan.js';
import type { Handle } from '../state/transaction-table.js';
import type { NodeImage } from './node-image.js';
import type { ChangedRows, NodeImages } from './row-changes.js';

/** Transactions of one image, by handle. */
type Transactions = Map<Handle, InventoryTransaction | undefined>;

/**
 * Images of which the changed rows may be read at any time: with their transactions as they were
 * before the run, and as they are now. All else of an image does not change any more.
 */
export function lastingImages(
  { before, after }: NodeImages,
  demands: ChangedRows,
  supplies: ChangedRows,
): NodeImages {
  const was: Transactions = new Map();
  const now: Transactions = new Map();
  const keep = (rows: ChangedRows, handleOf: (image: NodeImage, row: number) => Handle): void => {
    for (let at = 0; at < rows.found.length; at += 2) {
      keepOne(was, before, handleOf(before, rows.found[at] ?? -1));
      keepOne(now, after, handleOf(after, rows.found[at + 1] ?? -1));
    }
    for (const row of rows.gone) keepOne(was, before, handleOf(before, row));
  };
  keep(demands, handleOfDemand);
  keep(supplies, handleOfSupply);
  return {
    before: { ...before, transactionOf: (handle) => was.get(handle) },
    after: { ...after, transactionOf: (handle) => now.get(handle) },
  };
}

function keepOne(kept: Transactions, image: NodeImage, handle: Handle): void {
  if (handle >= 0) kept.set(handle, image.transactionOf(handle));
}

/** -1: the row is of no transaction. */
function handleOfDemand({ plan: { demands } }: NodeImage, row: number): Handle {
  return demands.kind[row] === demandKinds.transaction ? (demands.source[row] ?? -1) : -1;
}

function handleOfSupply({ plan: { supplies } }: NodeImage, row: number): Handle {
  return supplies.kind[row] === supplyKinds.transaction ? (supplies.source[row] ?? -1) : -1;
}
