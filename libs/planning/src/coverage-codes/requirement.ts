import { withQuantity } from '../netting/remainder.js';
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
    for (const remainder of remainders) {
      const rest = book.takeSurplus(remainder);
      if (rest > 0) book.openOrders([withQuantity(remainder, rest)]);
    }
  },
};
