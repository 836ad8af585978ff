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
    let lastDay = -Infinity;
    for (let at = 0; at < remainders.count; at += 1) {
      const day = remainders.day[at] ?? 0;
      if (day > lastDay) book.orderGathered();
      const rest = book.takeSurplus(remainders, at);
      if (rest === 0) continue;
      if (book.gathered.count === 0) lastDay = day + desk.parameters.periodDays - 1;
      book.gather(remainders, at, rest);
    }
    book.orderGathered();
  },
};
