import type { StoredContent } from './planner-events.js';

/**
 * From here on these transactions are of these items (law 1). An item's stream guards what is of
 * one item; that no transaction is of two is settled here before it is recorded, where several
 * intakes write at once. What was claimed need not come.
 */
export interface TransactionsClaimed {
  readonly company: string;
  /** Ids of transactions by their item. */
  readonly items: Readonly<Record<string, readonly string[]>>;
}

export function claimContent(claim: TransactionsClaimed): StoredContent {
  return { type: 'TransactionsClaimed', data: claim };
}
