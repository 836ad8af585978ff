import { pegsOfDemand, pegsOfSupply } from './pegs.js';
import { lineKey, orderOf, type PlannedOrder } from './state.js';
import { groundOf, isOpen, type View } from './view.js';

/**
 * MO-19: the confirmed demand of a plan that keeps supply for it: open sales issues with a
 * confirmed date, and the needs of every planned order that covers confirmed demand.
 */
export function confirmedDemand(view: View): ReadonlySet<string> {
  const confirmed = new Set<string>();
  if (groundOf(view).plan.keepSupplyForConfirmedDemand !== true) return confirmed;
  for (const image of view.state.images.values()) {
    const isSale = image.direction === 'issue' && image.type === 'salesOrder';
    if (isSale && image.confirmedDate !== undefined && isOpen(view, image)) confirmed.add(image.id);
  }
  for (const demand of confirmed) {
    for (const { supply } of pegsOfDemand(view, demand)) {
      for (const { line } of orderOf(view.state, supply)?.lines ?? []) {
        confirmed.add(lineKey(supply, line));
      }
    }
  }
  return confirmed;
}

/** MO-19: whole orders stand that cover some of it, whatever else they cover. */
export function isKeptFor(
  view: View,
  order: PlannedOrder,
  confirmed: ReadonlySet<string>,
): boolean {
  return pegsOfSupply(view, order.id).some(({ demand }) => confirmed.has(demand));
}
