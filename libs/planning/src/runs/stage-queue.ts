import type { PlanNode } from '../state/plan-node.js';

/** Nodes waiting to be visited, in planning order or against it, each once. */
export class StageQueue {
  readonly #buckets: PlanNode[][] = [];
  readonly #waiting = new Set<PlanNode>();
  #low = Number.POSITIVE_INFINITY;
  #high = -1;

  add(node: PlanNode): void {
    if (this.#waiting.has(node)) return;
    this.#waiting.add(node);
    const bucket = this.#buckets[node.stage];
    if (bucket === undefined) this.#buckets[node.stage] = [node];
    else bucket.push(node);
    this.#low = Math.min(this.#low, node.stage);
    this.#high = Math.max(this.#high, node.stage);
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** The next node from the demand side. */
  takeTop(): PlanNode | undefined {
    for (; this.#low <= this.#high; this.#low += 1) {
      const node = this.#buckets[this.#low]?.pop();
      if (node !== undefined) return this.#taken(node);
    }
    return undefined;
  }

  /** The next node from the bottom. */
  takeBottom(): PlanNode | undefined {
    for (; this.#high >= 0; this.#high -= 1) {
      const node = this.#buckets[this.#high]?.pop();
      if (node !== undefined) return this.#taken(node);
    }
    return undefined;
  }

  #taken(node: PlanNode): PlanNode {
    this.#waiting.delete(node);
    return node;
  }
}
