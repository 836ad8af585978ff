import { quantityOf } from '@tidemark/kernel';
import type { MarkingImage } from '../api/decisions.js';
import type { PlanState } from '../state/plan-state.js';

/** Markings of an issue; one over the whole quantity binds what both sides have (NE-6). */
export function markingsOf(state: PlanState, issue: string): MarkingImage[] {
  return state.markings.of(issue).map(({ receipt, quantity }) => ({
    issue,
    receipt,
    quantity: quantityOf(
      quantity ?? Math.min(openQuantity(state, issue), openQuantity(state, receipt)),
    ),
  }));
}

function openQuantity(state: PlanState, id: string): number {
  const handle = state.table.handleOf(id);
  return handle === undefined ? 0 : (state.table.quantity[handle] ?? 0);
}
