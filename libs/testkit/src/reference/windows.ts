import { earliestReplenishment, justInTime, justInTimeOf } from './timing.js';
import { beforeIssueMargin, type Need } from './timing.js';
import { workingCode, type Terms } from './terms.js';
import type { Day } from './values.js';

export interface Window {
  /** PN-1: supply before this day is too early. */
  readonly from: Day;
  /** NE-8: supply up to this day is on time. */
  readonly onTime: Day;
  /** PN-2: supply up to this day is late, but taken. */
  readonly late: Day;
}

const always: Window = { from: -Infinity, onTime: Infinity, late: Infinity };

/** PN-1: positive days of the node; period serves its whole period, min/max has no limit. */
function positiveDaysOf(terms: Terms): number {
  const given = terms.settings.positiveDays ?? Infinity;
  const code = workingCode(terms);
  if (code === 'minMax') return Infinity;
  return code === 'period' ? Math.max(given, (terms.settings.periodDays ?? 1) - 1) : given;
}

/** PN-3: negative days at a requirement date. */
function negativeDaysAt(terms: Terms, day: Day): number {
  const fixed = terms.settings.negativeDays ?? 0;
  if (terms.plan.dynamicNegativeDays !== true) return fixed;
  return Math.max(fixed, earliestReplenishment(terms) - day + fixed);
}

/** PN-5: inside the lead time every earlier supply may be used. */
function earliestUse(terms: Terms, day: Day, inTime: Day): Day {
  const dynamic = terms.plan.dynamicPositiveDays === true;
  if (dynamic && day <= earliestReplenishment(terms)) return -Infinity;
  return inTime - positiveDaysOf(terms);
}

/** NE-8: the last day on which an existing supply is on time for a need. */
function onTimeLimit(terms: Terms, need: Need): Day {
  const soft = terms.settings.softIssueMargin === true;
  const limit = soft ? need.day : beforeIssueMargin(terms, need.day);
  return Math.max(limit, terms.today);
}

/** NE-8, PN, SS-6: which availability dates serve this need. */
export function windowOf(terms: Terms, need: Need): Window {
  if (terms.code === 'decouplingPoint') return always;
  const from = earliestUse(terms, need.day, justInTime(terms, need));
  if (need.minimum) {
    const limit = Math.max(need.day, earliestReplenishment(terms));
    return { from, onTime: limit, late: limit + (terms.settings.negativeDays ?? 0) };
  }
  const onTime = onTimeLimit(terms, need);
  return { from, onTime, late: onTime + negativeDaysAt(terms, need.day) };
}

/** AC-5: which availability dates an order may have to be increased instead of a planned order. */
export function increaseWindow(terms: Terms, required: Day): Window {
  const from = justInTimeOf(terms, required) - positiveDaysOf(terms);
  return { from, onTime: required, late: required + negativeDaysAt(terms, required) };
}
