import { ceilTo, floorTo } from '@tidemark/kernel';
import type { NettingDesk } from '../netting/desk.js';
import type { NodeParameters } from '../settings/parameters.js';
import type { CoveragePolicy } from './policy.js';
import { requirement } from './requirement.js';

/**
 * Min/max: on the first day on which something is lacking, order up to the maximum (CC-3 to CC-5).
 * Without a maximum: what is lacking. Stock above the minimum is always usable.
 */
export const minMax: CoveragePolicy = {
  proposesOrders: true,
  keepsMinimum: true,
  ignoresWindows: false,
  positiveDays: (parameters) =>
    hasNoLimits(parameters) ? requirement.positiveDays(parameters) : Infinity,
  gatheredDays: () => 0,
  increasesOpenOrders: hasNoLimits,
  decreasesByMaximum: ({ maximum }) => maximum !== undefined,
  propose(remainders, book, desk) {
    if (hasNoLimits(desk.parameters)) {
      requirement.propose(remainders, book, desk);
      return;
    }
    const { gathered } = book;
    const close = (): void => {
      if (gathered.count === 0) return;
      book.orderGathered(fillQuantity(desk, gathered.day[0] ?? 0, gathered.total()));
    };
    for (let at = 0; at < remainders.count; at += 1) {
      if (gathered.count > 0 && (remainders.day[at] ?? 0) > (gathered.day[0] ?? 0)) close();
      const rest = book.takeSurplus(remainders, at);
      if (rest > 0) book.gather(remainders, at, rest);
    }
    close();
  },
};

/** Without minimum and maximum an item is planned by requirement (CC-5). */
function hasNoLimits({ maximum, minimum }: NodeParameters): boolean {
  return maximum === undefined && minimum === 0;
}

/**
 * Need up to the maximum in the item's decimals (CC-10), down to a whole multiple unless the need
 * asks for more (CC-4).
 */
function fillQuantity(desk: NettingDesk, day: number, need: number): number {
  const { maximum, orderMultiple, step } = desk.parameters;
  const threshold = desk.minimumRow >= 0 && day >= desk.minimumDay ? desk.parameters.minimum : 0;
  const full = maximum === undefined ? need : Math.max(need, need + maximum - threshold);
  const wanted = ceilTo(full, step);
  if (orderMultiple === 0) return wanted;
  const down = floorTo(wanted, orderMultiple);
  return down >= need ? down : ceilTo(wanted, orderMultiple);
}
