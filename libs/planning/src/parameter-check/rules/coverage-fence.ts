import { isPlanned, type NodeRead, type PlanRead } from '../plan-read.js';
import { findDays } from '../setting-rule.js';
import type { Suspicion } from '../suspicion.js';

/** Days beyond the lead time that a buyer sees ahead: two to three weeks (S4f). */
const viewLeast = 14;
const viewUsual = 21;
const fenceDefault = 100;

/** PC-6: a horizon far beyond the lead time of what is bought, in a plan to work from. */
export function horizonTooLong(read: PlanRead): Iterable<Suspicion> {
  const { kind, overrides } = read.state.definition;
  if (kind === 'static') return [];
  return findDays(read, {
    rule: 'PC-6',
    key: 'coverageFence',
    isBad(node, days) {
      const { orderType } = node.parameters;
      const own = node.settings.coverageFence ?? fenceDefault;
      const isTactical = overrides.coverageFence !== undefined && overrides.coverageFence > own;
      if (!isPlanned(node) || orderType !== 'purchase' || isTactical) return false;
      return days > 2 * node.leadTime && days > node.leadTime + viewLeast;
    },
    suits: (node, days) => days < node.parameters.coverageFence,
    wanted: ({ leadTime, parameters }) =>
      leadTime + (parameters.coverageFence > leadTime + viewUsual ? viewUsual : viewLeast),
    message: 'The plan proposes purchases long before anybody could have to place them.',
    advice: '(the lead time and two to three weeks; the far view belongs to a tactical plan)',
  });
}

/** PC-7: demand comes into the plan when it is too late to order for it. */
export function horizonTooShort(read: PlanRead): Iterable<Suspicion> {
  return findDays(read, {
    rule: 'PC-7',
    key: 'coverageFence',
    isBad: (node, days) => isPlanned(node) && days < node.leadTime,
    wanted: (node: NodeRead) => Math.max(node.leadTime, node.parameters.coverageFence),
    message: 'Demand enters the plan when its order should already have been placed.',
  });
}
