import type { NodeCause, RunCounters, SkipReason } from '../api/runs.js';
import type { DerivedSegment, NodeDelays, NodeMessages, NodePlan } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlannedOrder } from '../state/planned-order.js';

/** What a node was before a run touched it. */
export interface NodeBefore {
  readonly plan: NodePlan;
  readonly delays: NodeDelays;
  readonly messages: NodeMessages;
  readonly incoming: readonly DerivedSegment[];
  readonly kept: readonly PlannedOrder[];
}

/**
 * The undo log of a run, and what it is told by: which nodes it touched and what they were, what
 * was applied at each, along which edges the change came, and how much was computed (laws 9, 11).
 */
export class RunLog {
  readonly #before = new Map<PlanNode, NodeBefore>();
  readonly #causes = new Map<PlanNode, NodeCause[]>();
  readonly #reachedFrom = new Map<PlanNode, Set<PlanNode>>();
  readonly #skipped = new Map<string, SkipReason>();
  nodesVisited = 0;
  rowsComputed = 0;
  inputsApplied = 0;

  /** Call before anything of the node changes. */
  remember(node: PlanNode): void {
    if (this.#before.has(node)) return;
    const { plan, delays, messages, incoming, kept } = node;
    this.#before.set(node, { plan, delays, messages, incoming, kept });
  }

  cause(node: PlanNode, cause: NodeCause): void {
    const causes = this.#causes.get(node) ?? [];
    causes.push(cause);
    this.#causes.set(node, causes);
  }

  reached(node: PlanNode, from: PlanNode): void {
    const known = this.#reachedFrom.get(node) ?? new Set<PlanNode>();
    known.add(from);
    this.#reachedFrom.set(node, known);
  }

  /** The node is not planned: its item is told with the reason. */
  skip({ item }: PlanNode, reason: SkipReason): void {
    this.#skipped.set(item, reason);
  }

  /** Items that were not planned, in the order of the run. */
  skipped(): IterableIterator<[string, SkipReason]> {
    return this.#skipped.entries();
  }

  counters(nodesChanged: number): RunCounters {
    const { nodesVisited, rowsComputed, inputsApplied } = this;
    return { nodesVisited, rowsComputed, nodesChanged, inputsApplied };
  }

  before(node: PlanNode): NodeBefore | undefined {
    return this.#before.get(node);
  }

  touched(): IterableIterator<[PlanNode, NodeBefore]> {
    return this.#before.entries();
  }

  causesOf(node: PlanNode): readonly NodeCause[] {
    return this.#causes.get(node) ?? [];
  }

  reachedFrom(node: PlanNode): readonly PlanNode[] {
    return [...(this.#reachedFrom.get(node) ?? [])];
  }

  /** Puts every node back to what it was. Rows of the journal are undone by whoever folded them. */
  undo(): void {
    for (const [node, before] of this.#before) Object.assign(node, before);
  }
}
