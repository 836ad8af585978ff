import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';

/** Is told of runs while they are made (TX-1). Without one nothing is told, and nothing costs. */
export interface RunWatch {
  started(state: PlanState, waiting: Iterable<PlanNode>): void;
  /** Entries were folded just before the node's coverage. */
  updated(node: PlanNode): void;
  covered(node: PlanNode): void;
  delayed(node: PlanNode): void;
  /** Its delay and action messages are there. */
  told(node: PlanNode): void;
  ended(): void;
}
