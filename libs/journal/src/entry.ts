import type { InventoryTransaction } from '@tidemark/inventory';
import type { Dimensions, PlanDay, Quantity } from '@tidemark/kernel';

/** A movement of the stock on hand that an entry carries, on exactly these dimensions. */
export interface StockPosting {
  readonly dimensions: Dimensions;
  /** Difference to the stock, negative for an issue. */
  readonly quantity: Quantity;
}

/**
 * One entry of an item's journal (AX: inventSumLogTTS): the old image taken back, the new one put
 * in its place, under one sequence number, with what both do to the stock (DESIGN section 3.2).
 *
 * An open image in `assert` is a requirement of the plan; a posted one is not, its quantity is in
 * `postings`.
 */
export interface JournalEntry {
  readonly company: string;
  readonly item: string;
  /** Counts the entries of this item from 1, without gaps. */
  readonly sequence: number;
  readonly cause: EntryCause;
  readonly retract?: InventoryTransaction;
  readonly assert?: InventoryTransaction;
  readonly postings: readonly StockPosting[];
}

/** The change that an entry records: where it came from and which version of it. */
export interface EntryCause {
  readonly kind: 'transaction' | 'count' | 'firming' | 'adjustment';
  readonly source: string;
  readonly id: string;
  readonly version: number;
  readonly day?: PlanDay;
}
