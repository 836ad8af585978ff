import { quantityOf } from '@tidemark/kernel';
import type { Decision, PlannerCommand } from '../api/decisions.js';
import type { PlanState } from '../state/plan-state.js';
import { demandKinds, supplyKinds } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';

/** An open issue as a demand row of the plan. */
export interface IssuePlace {
  readonly node: PlanNode;
  readonly row: number;
}

/**
 * Coverage into fixed links (MO-7 autoReservation, MO-18): pegs on receipts become markings of
 * their quantity; an issue wholly pegged to stock is reserved there, a part is not.
 */
export function reserveCoverage(state: PlanState, places: readonly IssuePlace[]): Decision[] {
  return places.flatMap((place) => reserveOne(state, place));
}

function reserveOne(state: PlanState, { node, row }: IssuePlace): Decision[] {
  const { demands, pegs, supplies } = node.plan;
  const issue = state.table.ids[demands.source[row] ?? 0] ?? '';
  const decisions: Decision[] = [];
  const byReceipt = new Map<string, number>();
  for (let peg = 0; peg < pegs.demand.length; peg += 1) {
    if (pegs.demand[peg] !== row) continue;
    const supply = pegs.supply[peg] ?? 0;
    const quantity = pegs.quantity[peg] ?? 0;
    if (supplies.kind[supply] === supplyKinds.onHand) {
      if (quantity !== demands.quantity[row] || isReserved(state, issue)) continue;
      decisions.push({ kind: 'reserved', issue, status: 'reservedPhysical' });
    } else if (supplies.kind[supply] === supplyKinds.transaction) {
      const receipt = state.table.ids[supplies.source[supply] ?? 0] ?? '';
      byReceipt.set(receipt, (byReceipt.get(receipt) ?? 0) + quantity);
    }
  }
  for (const [receipt, quantity] of byReceipt) {
    decisions.push({ kind: 'marked', marking: { issue, receipt, quantity: quantityOf(quantity) } });
  }
  return decisions;
}

function isReserved(state: PlanState, issue: string): boolean {
  const image = state.table.image(state.table.handleOf(issue) ?? -1);
  return image !== undefined && state.markings.statusOf(image) === 'reservedPhysical';
}

type Filter = Extract<PlannerCommand, { kind: 'autoReserve' }>;

/** The covered issues that a filter takes: types, items, requirement date (MO-18). */
export function issuesMatching(state: PlanState, filter: Filter): IssuePlace[] {
  const places: IssuePlace[] = [];
  for (const node of state.nodes.values()) {
    if (filter.items !== undefined && !filter.items.includes(node.item)) continue;
    const { demands } = node.plan;
    for (let row = 0; row < demands.kind.length; row += 1) {
      if (demands.kind[row] !== demandKinds.transaction) continue;
      const image = state.table.image(demands.source[row] ?? 0);
      const day = demands.requiredDay[row] ?? 0;
      if (image === undefined || image.type === 'forecast') continue;
      if (filter.types !== undefined && !filter.types.includes(image.type)) continue;
      if (filter.from !== undefined && day < filter.from) continue;
      if (filter.until !== undefined && day > filter.until) continue;
      places.push({ node, row });
    }
  }
  return places;
}
