import type { InventoryTransaction } from '@tidemark/inventory';
import type { Dimensions, Quantity, Refusal } from '@tidemark/kernel';
import type { JournalRecord } from './entry.js';

/** The stock found on exactly these dimensions. */
export interface StockCount {
  readonly dimensions: Dimensions;
  readonly quantity: Quantity;
  /** When it was found, in milliseconds since 1970; absent: where the count stands in the log. */
  readonly asOf?: number;
}

/** A posted inventory journal: a difference to the stock of exactly these dimensions. */
export interface StockAdjustment {
  readonly dimensions: Dimensions;
  readonly quantity: Quantity;
}

/** Where a change comes from, and which version of its thing it is (law 1). */
export interface ChangeHead {
  readonly company: string;
  readonly item: string;
  readonly source: string;
  readonly id: string;
  readonly version: number;
  /** When it happened, as the source says: milliseconds since 1970. */
  readonly time?: number;
}

/** A change of one item's transactions or stock, as its source sent it. */
export type ItemChange =
  | (ChangeHead & { readonly kind: 'transaction'; readonly image: InventoryTransaction })
  | (ChangeHead & {
      readonly kind: 'removal';
      /** The image it had at the end; absent: the last one known. */
      readonly last?: InventoryTransaction;
    })
  | (ChangeHead & { readonly kind: 'count'; readonly count: StockCount })
  | (ChangeHead & { readonly kind: 'adjustment'; readonly adjustment: StockAdjustment });

/** What became of a change (DESIGN law 1). `records` are what its item's stream takes, in order. */
export type FoldOutcome =
  | { readonly outcome: 'entry' | 'note'; readonly records: readonly JournalRecord[] }
  | { readonly outcome: 'repeated' | 'olderIgnored' }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };
