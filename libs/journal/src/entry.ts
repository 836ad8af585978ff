import type { InventoryTransaction } from '@tidemark/inventory';
import type { Dimensions, PlanDay, Quantity } from '@tidemark/kernel';
import type { StockAdjustment, StockCount } from './change.js';

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
 * `postings`. A `retract` of another transaction than `assert` is one that firming made and that
 * an order of the source replaces (MO-11).
 */
export interface JournalEntry {
  readonly company: string;
  readonly item: string;
  /**
   * Counts the entries of this item from 1, without gaps. An entry of firming may share its number
   * with one that an intake in another process wrote at the same moment.
   */
  readonly sequence: number;
  readonly cause: EntryCause;
  readonly retract?: InventoryTransaction;
  readonly assert?: InventoryTransaction;
  readonly postings: readonly StockPosting[];
  /** The count whose difference is posted. */
  readonly count?: StockCount;
  /** The inventory journal whose difference is posted. */
  readonly adjustment?: StockAdjustment;
  readonly warning?: JournalWarning;
}

/** The change that an entry records: where it came from and which version of it. */
export interface EntryCause {
  readonly kind: 'transaction' | 'count' | 'firming' | 'adjustment';
  readonly source: string;
  readonly id: string;
  readonly version: number;
  readonly day?: PlanDay;
  /** When it happened, as the source says: milliseconds since 1970. */
  readonly time?: number;
}

/**
 * What the log says of a fact that did not do all it seems to: a posting older than the count that
 * already includes it, or a count older than the last one of its place (DESIGN law 5).
 */
export type JournalWarning = 'POSTED_BEFORE_COUNT' | 'COUNT_SUPERSEDED';

interface NoteHead {
  readonly company: string;
  readonly item: string;
  readonly cause: EntryCause;
  readonly warning?: JournalWarning;
}

/** A change that planning does not look at: kept with its version, never pending (law 1). */
export type JournalNote =
  | (NoteHead & { readonly kind: 'image'; readonly image: InventoryTransaction })
  | (NoteHead & { readonly kind: 'removal' })
  | (NoteHead & { readonly kind: 'count'; readonly count: StockCount })
  | (NoteHead & { readonly kind: 'adjustment'; readonly adjustment: StockAdjustment });

/** What one change adds to the journal of its item. */
export type JournalRecord =
  | { readonly kind: 'entry'; readonly entry: JournalEntry }
  | { readonly kind: 'note'; readonly note: JournalNote };
