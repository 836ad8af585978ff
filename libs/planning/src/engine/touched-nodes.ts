import type { StateExchange } from '@tidemark/kernel';
import type { NodeCause } from '../api/runs.js';
import type { RunLog } from '../runs/run-log.js';
import type { PlanNode } from '../state/plan-node.js';

/** Nodes that inputs bear on and no run has planned since, with what bears on them. */
export class TouchedNodes {
  readonly #causes = new Map<PlanNode, NodeCause[]>();

  exchange(io: StateExchange): void {
    io.map(this.#causes);
  }

  get size(): number {
    return this.#causes.size;
  }

  add(node: PlanNode, cause: NodeCause): void {
    const causes = this.#causes.get(node);
    if (causes === undefined) this.#causes.set(node, [cause]);
    else causes.push(cause);
  }

  nodes(): IterableIterator<PlanNode> {
    return this.#causes.keys();
  }

  /**
   * A run plans the node, or, if it `stays`, a part of it: its causes go to the run. False if
   * nothing bears on it.
   */
  take(node: PlanNode, log: RunLog, stays = false): boolean {
    const causes = this.#causes.get(node);
    if (causes === undefined) return false;
    for (const cause of causes) log.cause(node, cause);
    if (!stays) this.#causes.delete(node);
    return true;
  }

  clear(): void {
    this.#causes.clear();
  }
}
