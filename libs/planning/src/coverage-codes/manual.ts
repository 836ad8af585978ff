import type { CoveragePolicy } from './policy.js';

/** Existing supply is pegged, nothing is created (CC-6, NE-12). */
export const manual: CoveragePolicy = {
  proposesOrders: false,
  keepsMinimum: false,
  ignoresWindows: false,
  positiveDays: (parameters) => parameters.positiveDays,
  gatheredDays: () => 0,
  increasesOpenOrders: () => false,
  decreasesByMaximum: () => false,
  propose: () => undefined,
};
