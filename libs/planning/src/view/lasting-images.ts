import type { InventoryTransaction } from '@tidemark/inventory';
import { demandKinds, supplyKinds } from '../state/node-plan.js';
import type { Handle } from '../state/transaction-table.js';
import type { NodeImage } from './node-image.js';
import type { ChangedRows, NodeImages } from './row-changes.js';

type Kept = Map<Handle, InventoryTransaction | undefined>;

const none: Kept = new Map();

/** Transactions of one image, by handle. */
class Transactions {
  readonly #image: NodeImage;
  #kept: Kept | undefined;

  constructor(image: NodeImage) {
    this.#image = image;
  }

  keep(handle: Handle): void {
    if (handle < 0) return;
    this.#kept ??= new Map();
    this.#kept.set(handle, this.#image.transactionOf(handle));
  }

  /** The image, with the transactions that were kept. */
  image(): NodeImage {
    const kept = this.#kept ?? none;
    return { ...this.#image, transactionOf: (handle) => kept.get(handle) };
  }
}

/**
 * Images of which the changed rows may be read at any time: with their transactions as they were
 * before the run, and as they are now. All else of an image does not change any more.
 */
export function lastingImages(
  { before, after }: NodeImages,
  demands: ChangedRows,
  supplies: ChangedRows,
  held: ChangedRows,
): NodeImages {
  const was = new Transactions(before);
  const now = new Transactions(after);
  const keep = (rows: ChangedRows, handleOf: (image: NodeImage, row: number) => Handle): void => {
    for (let at = 0; at < rows.found.length; at += 2) {
      was.keep(handleOf(before, rows.found[at] ?? -1));
      now.keep(handleOf(after, rows.found[at + 1] ?? -1));
    }
    for (const row of rows.gone) was.keep(handleOf(before, row));
  };
  keep(demands, handleOfDemand);
  keep(supplies, handleOfSupply);
  keep(held, ({ plan }, row) => plan.held[row]?.source ?? -1);
  return { before: was.image(), after: now.image() };
}

/** -1: the row is of no transaction. */
function handleOfDemand({ plan: { demands } }: NodeImage, row: number): Handle {
  return demands.kind[row] === demandKinds.transaction ? (demands.source[row] ?? -1) : -1;
}

function handleOfSupply({ plan: { supplies } }: NodeImage, row: number): Handle {
  return supplies.kind[row] === supplyKinds.transaction ? (supplies.source[row] ?? -1) : -1;
}
