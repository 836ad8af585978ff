import type { Demand } from './demands.js';
import { effectiveStatus, pairKey } from './ledger.js';
import { pegsOfDemand } from './pegs.js';
import { onHandKeyOf } from './supplies.js';
import type { View } from './view.js';

/**
 * MO-7 autoReservation, MO-18: pegs on receipts become markings of their quantity; an issue wholly
 * pegged to stock is reserved there, a part is not.
 */
export function reserveCoverage(view: View, demands: readonly Demand[]): void {
  const { ledger, state } = view;
  for (const demand of demands) {
    if (demand.transaction === undefined) continue;
    for (const { supply, quantity } of pegsOfDemand(view, demand.key)) {
      if (supply === onHandKeyOf(demand.node)) {
        const reserved = effectiveStatus(ledger, demand.transaction) === 'reservedPhysical';
        if (quantity === demand.quantity && !reserved) ledger.reserved.add(demand.key);
      } else if (state.images.has(supply)) {
        const mark = { issue: demand.key, receipt: supply, quantity };
        ledger.marks.set(pairKey(demand.key, supply), mark);
      }
    }
  }
}
