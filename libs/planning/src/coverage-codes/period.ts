import { withQuantity, type Remainder } from '../netting/remainder.js';
import type { CoveragePolicy } from './policy.js';

/**
 * A period opens on the day of the first remainder and holds all remainders of `periodDays` days;
 * one order, needed by that day, for their sum (CC-2).
 */
export const period: CoveragePolicy = {
  proposesOrders: true,
  keepsMinimum: true,
  ignoresWindows: false,
  positiveDays: (parameters) => Math.max(parameters.positiveDays, parameters.periodDays - 1),
  gatheredDays: (parameters) => parameters.periodDays,
  increasesOpenOrders: () => true,
  decreasesByMaximum: () => false,
  propose(remainders, book, desk) {
    let members: Remainder[] = [];
    let lastDay = -Infinity;
    const close = (): void => {
      if (members.length > 0) book.openOrders(members);
      members = [];
    };
    for (const remainder of remainders) {
      if (remainder.day > lastDay) close();
      const rest = book.takeSurplus(remainder);
      if (rest === 0) continue;
      if (members.length === 0) lastDay = remainder.day + desk.parameters.periodDays - 1;
      members.push(withQuantity(remainder, rest));
    }
    close();
  },
};
