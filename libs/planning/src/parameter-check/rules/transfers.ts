import { Changes } from '../changes.js';
import { hasWindows, type PlanRead } from '../plan-read.js';
import { rangeText } from '../setting-rule.js';
import type { Suspicion } from '../suspicion.js';

/** Positive days that a refill may have (TR-5: about 0). */
const positiveDaysFew = 3;

/** PC-11: a refill that waits, or holds on to what comes long before it is needed (TR-5). */
export function* refillWindows(read: PlanRead): Generator<Suspicion> {
  const told = new Set<object>();
  for (const node of read.nodes) {
    const { item, entry, parameters } = node;
    const { negativeDays, positiveDays, refillFrom } = parameters;
    if (refillFrom === undefined || entry === undefined || !hasWindows(node)) continue;
    const isLong = positiveDays !== Infinity && positiveDays > positiveDaysFew;
    if (told.has(entry) || (negativeDays === 0 && !isLong)) continue;
    told.add(entry);
    const subject = { kind: 'item', id: item.id, dimensions: entry.for } as const;
    const settings = { negativeDays: 0, ...(isLong ? { positiveDays: 0 } : {}) };
    yield {
      rule: 'PC-11',
      subject,
      message: 'A transfer that refills a warehouse follows its demand: it needs no such days.',
      values: { refillFrom, negativeDays, positiveDays: rangeText([positiveDays]) },
      proposal: isLong ? 'negativeDays 0, positiveDays 0' : 'negativeDays 0',
      change: new Changes(read.master).set(subject, settings).records,
    };
  }
}
