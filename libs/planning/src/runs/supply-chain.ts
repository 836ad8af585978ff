import { orderOfSupply } from '../state/names.js';
import { demandKinds } from '../state/node-plan.js';
import { needPlacesAt } from '../state/order-lines.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf, type PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';

/** A demand row of the plan. */
export interface DemandPlace {
  readonly node: PlanNode;
  readonly row: number;
}

/** A peg of the chain, by its place in the node's plan. */
export interface ChainPeg {
  readonly node: PlanNode;
  readonly peg: number;
}

/**
 * Everything that planned orders carry for some demands: the demands, the orders that cover them,
 * the component needs of those orders, and so on down (MO-19). Lines of real orders do not belong
 * to it.
 */
export class SupplyChain {
  readonly demands: DemandPlace[] = [];
  readonly orders: { readonly node: PlanNode; readonly order: PlannedOrder }[] = [];
  readonly pegs: ChainPeg[] = [];
  readonly #rows = new Map<PlanNode, Set<number>>();
  readonly #orders = new Set<PlannedOrder>();
  readonly #pegsByRow = new Map<PlanNode, readonly (readonly number[])[]>();
  readonly #needs = new Map<PlanNode, ReturnType<typeof needPlacesAt>>();

  constructor(state: PlanState, roots: Iterable<string>) {
    for (const root of roots) {
      const place = placeOfIssue(state, root);
      if (place !== undefined) this.#add(place);
    }
    // The array is read while it grows: each demand leads to those below it.
    for (const demand of this.demands) this.#follow(state, demand);
  }

  #add({ node, row }: DemandPlace): void {
    const rows = this.#rows.get(node) ?? new Set<number>();
    if (row < 0 || rows.has(row)) return;
    rows.add(row);
    this.#rows.set(node, rows);
    this.demands.push({ node, row });
  }

  #follow(state: PlanState, { node, row }: DemandPlace): void {
    for (const peg of this.#pegsOf(node)[row] ?? []) {
      const order = orderOfSupply(node.plan, node.plan.pegs.supply[peg] ?? 0);
      // An order that was firmed or deleted since the plan was made is none any more.
      if (order !== undefined && state.isLeaving(orderIdOf(order))) continue;
      this.pegs.push({ node, peg });
      if (order === undefined || this.#orders.has(order)) continue;
      this.#orders.add(order);
      this.orders.push({ node, order });
      for (const { target, row: below } of this.#needsOf(node).get(order) ?? []) {
        this.#add({ node: target, row: below });
      }
    }
  }

  #needsOf(node: PlanNode): ReturnType<typeof needPlacesAt> {
    const known = this.#needs.get(node);
    if (known !== undefined) return known;
    const made = needPlacesAt(node);
    this.#needs.set(node, made);
    return made;
  }

  #pegsOf(node: PlanNode): readonly (readonly number[])[] {
    const known = this.#pegsByRow.get(node);
    if (known !== undefined) return known;
    const byRow: number[][] = [];
    for (const [peg, demand] of node.plan.pegs.demand.entries()) (byRow[demand] ??= []).push(peg);
    this.#pegsByRow.set(node, byRow);
    return byRow;
  }
}

/** The row of an open issue in the plan; undefined: the plan does not net it. */
export function placeOfIssue(state: PlanState, issue: string): DemandPlace | undefined {
  const handle = state.table.handleOf(issue);
  const node = handle === undefined ? undefined : state.nodeOfHandle[handle];
  if (node === undefined) return undefined;
  const { demands } = node.plan;
  const row = demands.source.findIndex(
    (source, at) => source === handle && demands.kind[at] === demandKinds.transaction,
  );
  return row < 0 ? undefined : { node, row };
}
