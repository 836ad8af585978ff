import type { PlanNode } from './plan-node.js';

/** One component need of one order: so much, at that node, by that day (BM-2, BM-4, BM-5). */
export interface ExplodedLine {
  /** Number in BOM order after phantoms are replaced, from 1; a transfer's issue is 1. */
  readonly line: number;
  readonly target: PlanNode;
  readonly day: number;
  readonly quantity: number;
  readonly pegged: boolean;
}
