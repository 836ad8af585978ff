import { dimensionsInclude, dimensionsKey, type Dimensions } from '@tidemark/kernel';
import type { Item } from '@tidemark/master-data';
import { plannedDimensions } from './plan-state.js';

/** Stock on hand of one item by exact dimensions: counts, receipts and issues folded (law 5). */
export class ItemStock {
  readonly #rows = new Map<string, { readonly dimensions: Dimensions; quantity: number }>();

  clone(): ItemStock {
    const copy = new ItemStock();
    for (const [key, row] of this.#rows) copy.#rows.set(key, { ...row });
    return copy;
  }

  post(dimensions: Dimensions, quantity: number): void {
    const key = dimensionsKey(dimensions);
    const row = this.#rows.get(key);
    if (row === undefined) this.#rows.set(key, { dimensions, quantity });
    else row.quantity += quantity;
  }

  rows(): IterableIterator<{ readonly dimensions: Dimensions; readonly quantity: number }> {
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

  /** True if anything was ever posted that is netted at these planned dimensions. */
  isKnownAt(planned: Dimensions, item: Item): boolean {
    const key = dimensionsKey(planned);
    for (const row of this.#rows.values()) {
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
