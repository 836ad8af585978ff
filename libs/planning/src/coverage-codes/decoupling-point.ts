import { multiplyDivideCeil, unit } from '@tidemark/kernel';
import type { NettingDesk } from '../netting/desk.js';
import { isDedicated, isPegged } from '../netting/pegged-line.js';
import { isStockedNode } from '../netting/stocked-node.js';
import type { CoveragePolicy } from './policy.js';

const hundredths = 10_000;

/**
 * Decoupling point (CC-7): once a run, net flow = stock and open supply less qualified demand;
 * below the reorder point one order up to the maximum, on the earliest day it can be there.
 */
export const decouplingPoint: CoveragePolicy = {
  proposesOrders: true,
  keepsMinimum: false,
  ignoresWindows: true,
  positiveDays: () => Infinity,
  gatheredDays: () => 0,
  increasesOpenOrders: () => false,
  decreasesByMaximum: () => false,
  propose(remainders, book, desk) {
    const { maximum, reorderPoint } = desk.parameters;
    const netFlow = supplyTotal(desk) - qualifiedDemand(desk);
    if (maximum === undefined || netFlow >= reorderPoint || !isStockedNode(desk)) return;
    book.openBuffer(maximum - netFlow, priorityOf(netFlow, maximum));
    for (let at = 0; at < remainders.count; at += 1) book.takeSurplus(remainders, at);
  },
};

/** Stock and open supply but the orders of pegged lines, whose demand does not count either. */
function supplyTotal(desk: NettingDesk): number {
  let total = 0;
  for (let row = 0; row < desk.existingSupplies; row += 1) {
    if (!isDedicated(desk, row)) total += desk.supplyQuantity[row] ?? 0;
  }
  return total;
}

/**
 * Demand up to today, and of each later day within the horizon whose total is a spike; not that of
 * pegged lines, which have orders of their own (BM-7).
 */
function qualifiedDemand(desk: NettingDesk): number {
  const { today, spikeThreshold } = desk.parameters;
  const horizon = today + (desk.parameters.spikeHorizon ?? desk.earliestDay - today);
  const later = new Map<number, number>();
  let qualified = 0;
  for (let row = 0; row < desk.demandCount; row += 1) {
    if (isPegged(desk, row)) continue;
    const day = desk.originalDay[row] ?? 0;
    const quantity = desk.demandQuantity[row] ?? 0;
    if (day <= today) qualified += quantity;
    else if (day <= horizon) later.set(day, (later.get(day) ?? 0) + quantity);
  }
  if (spikeThreshold === undefined) return qualified;
  for (const total of later.values()) if (total >= spikeThreshold) qualified += total;
  return qualified;
}

/** `100 * netFlow / maximum` with two decimals, in millionths; 0 is most urgent. */
function priorityOf(netFlow: number, maximum: number): number {
  if (netFlow <= 0) return 0;
  const rounded = multiplyDivideCeil(netFlow * 2, hundredths, maximum);
  return Math.floor(rounded / 2) * (unit / 100);
}
