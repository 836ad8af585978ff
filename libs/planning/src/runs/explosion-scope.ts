import type { NettingDesk } from '../netting/desk.js';
import { demandKinds, supplyKinds } from '../state/node-plan.js';
import { demandNameIn, demandNameOf } from '../state/names.js';
import { linesOfOrder } from '../state/order-lines.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf, type PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import type { Handle } from '../state/transaction-table.js';

/**
 * The working set of an explosion (MO-7): a requirement, then the needs of the orders that cover
 * it, level by level. Nothing else is covered.
 */
export class ExplosionScope {
  readonly #state: PlanState;
  readonly #demands = new Set<string>();
  readonly #nodes = new Set<PlanNode>();

  constructor(state: PlanState, demands: Iterable<string>) {
    this.#state = state;
    for (const demand of demands) this.#demands.add(demand);
  }

  add(demand: string): void {
    this.#demands.add(demand);
  }

  has(demand: string): boolean {
    return this.#demands.has(demand);
  }

  covers(desk: NettingDesk): (demand: number) => boolean {
    return (demand) => this.#demands.has(demandNameOf(desk.state, desk, demand));
  }

  /** Takes in the needs of whatever covers the working set at a node; returns where they are. */
  extend(node: PlanNode): Set<PlanNode> {
    const { demands, pegs, supplies, orders } = node.plan;
    const targets = new Set<PlanNode>();
    this.#nodes.add(node);
    const inScope = Array.from(demands.kind, (_, row) =>
      this.#demands.has(demandNameIn(this.#state, node, row)),
    );
    for (let peg = 0; peg < pegs.demand.length; peg += 1) {
      if (inScope[pegs.demand[peg] ?? 0] !== true) continue;
      const supply = pegs.supply[peg] ?? 0;
      const source = supplies.source[supply] ?? 0;
      if (supplies.kind[supply] === supplyKinds.transaction) this.addLines(source, targets);
      const order = supplies.kind[supply] === supplyKinds.order ? orders[source] : undefined;
      if (order !== undefined) this.addNeeds(node, order, targets);
    }
    return targets;
  }

  /** Real issues of the working set where they now stand: what marking is about. */
  issuesNow(): { readonly node: PlanNode; readonly row: number }[] {
    return [...this.#nodes].flatMap((node) =>
      Array.from(node.plan.demands.kind).flatMap((kind, row) =>
        kind === demandKinds.transaction && this.#demands.has(demandNameIn(this.#state, node, row))
          ? [{ node, row }]
          : [],
      ),
    );
  }

  addNeeds(node: PlanNode, order: PlannedOrder, targets: Set<PlanNode>): void {
    for (const { target, line } of linesOfOrder(node, order)) {
      this.#demands.add(`${orderIdOf(order)}/${line}`);
      targets.add(target);
    }
  }

  /** Lines of a real order, by its receipt. */
  addLines(receipt: Handle, targets: Set<PlanNode>): void {
    const { table, orderGroups, nodeOfHandle } = this.#state;
    const order = table.image(receipt)?.order;
    for (const line of order === undefined ? [] : (orderGroups.get(order) ?? [])) {
      if (table.image(line)?.direction !== 'issue') continue;
      const id = table.ids[line] ?? '';
      const node = nodeOfHandle[line];
      if (node === undefined || this.#demands.has(id)) continue;
      this.#demands.add(id);
      targets.add(node);
    }
  }
}
