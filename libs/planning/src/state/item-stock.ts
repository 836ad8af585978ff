import {
  dimensionsInclude,
  dimensionsKey,
  type Dimensions,
  type StateExchange,
} from '@tidemark/kernel';
import type { Item } from '@tidemark/master-data';
import { plannedDimensions } from './plan-state.js';

interface StockRow {
  readonly dimensions: Dimensions;
  quantity: number;
  counted: boolean;
}

/** Stock on hand of one item by exact dimensions: counts, receipts and issues folded (law 5). */
export class ItemStock {
  readonly #rows = new Map<string, StockRow>();

  exchange(io: StateExchange): void {
    io.map(this.#rows);
  }

  clone(): ItemStock {
    const copy = new ItemStock();
    for (const [key, row] of this.#rows) copy.#rows.set(key, { ...row });
    return copy;
  }

  /** Moves the stock by so much; a count says that the place is one to stock, empty or not. */
  post(dimensions: Dimensions, quantity: number, counted: boolean): void {
    const key = dimensionsKey(dimensions);
    const row = this.#rows.get(key);
    if (row === undefined) {
      this.#rows.set(key, { dimensions, quantity, counted });
      return;
    }
    row.quantity += quantity;
    row.counted ||= counted;
  }

  rows(): IterableIterator<Readonly<StockRow>> {
    return this.#rows.values();
  }

  /** Sum over all rows that are netted at these planned dimensions (NE-4). */
  totalAt(planned: Dimensions, item: Item): number {
    const key = dimensionsKey(planned);
    let total = 0;
    for (const row of this.#rows.values()) {
      if (dimensionsKey(plannedDimensions(item, row.dimensions)) === key) total += row.quantity;
    }
    return total;
  }

  /**
   * True if something lies at these planned dimensions or was counted there. Postings that took
   * each other back say nothing of a place (law 1).
   */
  isKnownAt(planned: Dimensions, item: Item): boolean {
    const key = dimensionsKey(planned);
    for (const row of this.#rows.values()) {
      if (row.quantity === 0 && !row.counted) continue;
      if (dimensionsKey(plannedDimensions(item, row.dimensions)) === key) return true;
    }
    return false;
  }

  /** Sum over all rows that have these dimensions. */
  totalOf(dimensions: Dimensions): number {
    let total = 0;
    for (const row of this.#rows.values()) {
      if (dimensionsInclude(row.dimensions, dimensions)) total += row.quantity;
    }
    return total;
  }
}
