import { isBoughtOrMade, hasWindows, usageOf, type NodeRead, type PlanRead } from '../plan-read.js';
import { findDays } from '../setting-rule.js';
import type { Suspicion } from '../suspicion.js';

/** Most negative days that dynamic ones should stand on (S4f). */
const dynamicDaysMost = 5;

/** PC-1: fixed negative days shorter than the lead time order what is already on its way. */
export function* negativeDaysBelowLeadTime(read: PlanRead): Generator<Suspicion> {
  const { definition } = read.state;
  if (definition.dynamicNegativeDays) return;
  const applies = (node: NodeRead): boolean => hasWindows(node) && isBoughtOrMade(node);
  const found = [
    ...findDays(read, {
      rule: 'PC-1',
      key: 'negativeDays',
      isBad: (node, days) => applies(node) && days < node.leadTime,
      wanted: (node) => (applies(node) ? node.leadTime : node.parameters.negativeDays),
      message:
        'Fixed negative days are shorter than the lead time: a new order is proposed although a ' +
        'receipt that comes a little late would be there before it.',
      advice: '(better: dynamicNegativeDays on the plan, then negativeDays 0-5)',
    }),
  ];
  yield* found;
  if (found.length === 0) return;
  yield {
    rule: 'PC-1',
    subject: { kind: 'plan', id: definition.id },
    message: 'Negative days are fixed, and shorter than the lead time at some items.',
    values: { dynamicNegativeDays: false, findings: found.length },
    proposal: 'dynamicNegativeDays true, negativeDays 0-5',
    change: { definition: { ...definition, dynamicNegativeDays: true } },
  };
}

/** PC-2: dynamic negative days count the lead time already; as much again is allowed twice. */
export function negativeDaysTwice(read: PlanRead): Iterable<Suspicion> {
  if (!read.state.definition.dynamicNegativeDays) return [];
  return findDays(read, {
    rule: 'PC-2',
    key: 'negativeDays',
    isBad: (node, days) =>
      hasWindows(node) &&
      node.leadTime > 0 &&
      (days === node.leadTime || (days > node.leadTime && days > dynamicDaysMost)),
    wanted: (node) => Math.min(dynamicDaysMost, daysBetweenNeeds(node), ceiling(node)),
    message: 'Negative days of a lead time on top of dynamic ones allow the lateness twice.',
  });
}

/** Below the lead time, so that the proposal is none that deserves the same warning. */
function ceiling({ leadTime }: NodeRead): number {
  return Math.max(leadTime - 1, 0);
}

/** Rare demand may wait a few days, frequent demand none. */
function daysBetweenNeeds(node: NodeRead): number {
  const { needDays, span } = usageOf(node);
  return needDays === 0 ? 0 : Math.floor(span / needDays);
}
