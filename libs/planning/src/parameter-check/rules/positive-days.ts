import { formatQuantity } from '@tidemark/kernel';
import type { FindingValues } from '../../api/parameter-findings.js';
import { meanStock } from '../figures.js';
import { hasWindows, isBoughtOrMade, usageOf, type NodeRead, type PlanRead } from '../plan-read.js';
import { findDays } from '../setting-rule.js';
import type { Suspicion } from '../suspicion.js';

/** So many days of need make an item one that is bought or made regularly. */
const regularNeedDays = 3;

function applies(node: NodeRead): boolean {
  return hasWindows(node) && isBoughtOrMade(node);
}

/** PC-3: without positive days no demand may use what comes before its own day. */
export function noPositiveDays(read: PlanRead): Iterable<Suspicion> {
  return findDays(read, {
    rule: 'PC-3',
    key: 'positiveDays',
    isBad: (node, days) => applies(node) && days === 0,
    wanted: wantedAtLeast,
    message: 'Positive days are 0: receipts that are there on an earlier day are not used.',
  });
}

/** PC-4: positive days shorter than the lead time, or far longer than the stock lasts. */
export function* positiveDaysOutOfStep(read: PlanRead): Generator<Suspicion> {
  const isRegular = (node: NodeRead): boolean =>
    applies(node) && usageOf(node).needDays >= regularNeedDays;
  yield* findDays(read, {
    rule: 'PC-4',
    key: 'positiveDays',
    isBad: (node, days) => isRegular(node) && days > 0 && days < node.leadTime,
    wanted: wantedAtLeast,
    message: 'Positive days are shorter than the lead time of an item that is needed regularly.',
  });
  const farTooLong = (node: NodeRead, days: number): boolean =>
    days !== Infinity && days > 2 * Math.max(turnoverDays(read, node), node.leadTime, 1);
  yield* findDays(read, {
    rule: 'PC-4',
    key: 'positiveDays',
    isBad: (node, days) => isRegular(node) && farTooLong(node, days),
    wanted: (node) => Math.max(wantedAtLeast(node), Math.ceil(replenishmentDays(node))),
    message: 'Positive days are more than twice as long as the stock of the item lasts.',
    values: (node): FindingValues => ({
      turnoverDays: Math.round(turnoverDays(read, node)),
      meanStock: formatQuantity(meanStock(node.node, read.horizon)),
    }),
  });
}

function wantedAtLeast(node: NodeRead): number {
  return applies(node) ? Math.max(node.leadTime, 1) : 0;
}

/** Days that the mean stock lasts at the usual demand; without stock none. */
function turnoverDays(read: PlanRead, node: NodeRead): number {
  const { quantity, span } = usageOf(node);
  if (quantity === 0) return 0;
  return (Math.max(meanStock(node.node, read.horizon), 0) * span) / quantity;
}

/** Days from one receipt to the next, as far as demand reaches. */
function replenishmentDays(node: NodeRead): number {
  return usageOf(node).span / Math.max(node.node.plan.supplies.kind.length, 1);
}
