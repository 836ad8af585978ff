import type { NodeParameters } from '../settings/parameters.js';
import type { NettingDesk } from '../netting/desk.js';
import type { OrderBook } from '../netting/order-book.js';
import type { Remainders } from '../netting/remainders.js';

/**
 * One coverage code: what the item is planned by. Added by one file beside its siblings and one
 * line in `coveragePolicies`; shared code asks the policy and never which code it is.
 */
export interface CoveragePolicy {
  /** Planning proposes orders (every code but manual, CC-6). */
  readonly proposesOrders: boolean;
  /** The minimum is a demand of its own (SS-1). */
  readonly keepsMinimum: boolean;
  /** Existing supply is pegged whatever its day (CC-7). */
  readonly ignoresWindows: boolean;
  /** Positive days that count for the code (PN-1, CC-5). */
  positiveDays(parameters: NodeParameters): number;
  /** Days whose needs one order gathers; 0: the code gathers by no days (CC-2). */
  gatheredDays(parameters: NodeParameters): number;
  /** Makes orders for what existing supply did not cover, in date order (NE-9). */
  propose(remainders: Remainders, book: OrderBook, desk: NettingDesk): void;
  /** Planned orders of the code may be told as an increase of an open order (AC-5). */
  increasesOpenOrders(parameters: NodeParameters): boolean;
  /** Decrease and cancel go by the projected stock against the maximum (AC-7). */
  decreasesByMaximum(parameters: NodeParameters): boolean;
}
