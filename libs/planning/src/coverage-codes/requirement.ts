import type { CoveragePolicy } from './policy.js';

/** One planned order, or one set of split lots, per remaining demand (CC-1). */
export const requirement: CoveragePolicy = {
  proposesOrders: true,
  keepsMinimum: true,
  ignoresWindows: false,
  positiveDays: (parameters) => parameters.positiveDays,
  gatheredDays: () => 0,
  increasesOpenOrders: () => true,
  decreasesByMaximum: () => false,
  propose(remainders, book) {
    for (let at = 0; at < remainders.count; at += 1) {
      const rest = book.takeSurplus(remainders, at);
      if (rest === 0) continue;
      book.gather(remainders, at, rest);
      book.orderGathered();
    }
  },
};
