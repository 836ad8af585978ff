import { nextOpen, openDaysBack, openDaysOn, previousOpen } from './calendar.js';
import type { Terms } from './terms.js';
import type { Day } from './values.js';
import type { TransactionStatus } from './world.js';

/** MG-5: a margin earlier on the item's calendar, at the latest open day. */
function earlier(terms: Terms, day: Day, margin: number): Day {
  return terms.plan.marginsInWorkingDays === true
    ? openDaysBack(terms.calendar, day, margin)
    : previousOpen(terms.calendar, day - margin);
}

/** MG-5: a margin later on the item's calendar, at the first open day. */
export function later(terms: Terms, day: Day, margin: number): Day {
  return terms.plan.marginsInWorkingDays === true
    ? openDaysOn(terms.calendar, day, margin)
    : nextOpen(terms.calendar, day + margin);
}

/** `R - issueMargin` as NE-8, PN-2 and section 11 compare it; calendar days are not rolled. */
export function beforeIssueMargin(terms: Terms, day: Day): Day {
  return terms.plan.marginsInWorkingDays === true
    ? openDaysBack(terms.calendar, day, terms.issueMargin)
    : day - terms.issueMargin;
}

export function nextToday(terms: Terms): Day {
  return nextOpen(terms.calendar, terms.today);
}

/** DA-2: R = prev(date); if R < T then next(T). */
export function requirementDay(terms: Terms, date: Day): Day {
  const day = previousOpen(terms.calendar, date);
  return day < terms.today ? nextToday(terms) : day;
}

/** DA-3: delivery of an open receipt, not before T. */
export function receiptDelivery(terms: Terms, base: Day): Day {
  return nextOpen(terms.calendar, Math.max(base, terms.today));
}

/** DA-3: when an open receipt is available. */
export function receiptAvailability(terms: Terms, base: Day, status: TransactionStatus): Day {
  if (status === 'registered') return nextToday(terms);
  const from = status === 'arrived' ? terms.today : base;
  return later(terms, receiptDelivery(terms, from), terms.receiptMargin);
}

export interface OrderDates {
  readonly requirementDay: Day;
  readonly orderDay: Day;
  readonly startDay: Day;
  readonly deliveryDay: Day;
}

function reorderBack(terms: Terms, start: Day): Day {
  const calendar = terms.leadTimeCalendar;
  if (terms.plan.marginsInWorkingDays !== true) {
    return previousOpen(calendar, start - terms.reorderMargin);
  }
  return previousOpen(
    calendar,
    openDaysBack(calendar ?? terms.calendar, start, terms.reorderMargin),
  );
}

function reorderOn(terms: Terms, order: Day): Day {
  const calendar = terms.leadTimeCalendar;
  if (terms.plan.marginsInWorkingDays !== true) {
    return nextOpen(calendar, order + terms.reorderMargin);
  }
  return nextOpen(calendar, openDaysOn(calendar ?? terms.calendar, order, terms.reorderMargin));
}

/** DA-4 from a delivery date: start and order date. */
export function datesBeforeDelivery(terms: Terms, delivery: Day): { start: Day; order: Day } {
  const start = openDaysBack(terms.leadTimeCalendar, delivery, terms.leadTime);
  return { start, order: reorderBack(terms, start) };
}

export function deliveryBefore(terms: Terms, requirement: Day): Day {
  return earlier(terms, requirement, terms.receiptMargin);
}

/** Delivery of an order that starts at `start` (DA-5, DL-1). */
export function deliveryAfterStart(terms: Terms, start: Day): Day {
  return nextOpen(terms.calendar, openDaysOn(terms.leadTimeCalendar, start, terms.leadTime));
}

/** A = next(L + receiptMargin). */
export function availableAfter(terms: Terms, delivery: Day): Day {
  return later(terms, delivery, terms.receiptMargin);
}

/** DA-5: an order placed on T. */
function datesForward(terms: Terms): { order: Day; start: Day; delivery: Day } {
  const order = nextOpen(terms.leadTimeCalendar, terms.today);
  const start = reorderOn(terms, order);
  return { order, start, delivery: deliveryAfterStart(terms, start) };
}

/** TF-2b: the first day a new order may be needed on, with a freezing fence. */
function afterFreezing(terms: Terms): Day | undefined {
  if (terms.fences.freezing <= 0) return undefined;
  return nextOpen(terms.calendar, terms.today + terms.fences.freezing + 1);
}

/** DA-6: the earliest replenishment E. */
export function earliestReplenishment(terms: Terms): Day {
  const available = availableAfter(terms, datesForward(terms).delivery);
  return Math.max(available, afterFreezing(terms) ?? available);
}

/** What an order is planned for. */
export interface Need {
  readonly day: Day;
  readonly original: Day;
  /** SS-3: the minimum is wanted on its day, without a margin for issuing. */
  readonly minimum: boolean;
}

/** MG-4: the issue margin an order is planned with. */
export function planningIssueMargin(terms: Terms, need: Need): number {
  if (need.minimum) return 0;
  if (terms.settings.softIssueMargin !== true) return terms.issueMargin;
  if (need.original < terms.today) return 0;
  return Math.min(terms.issueMargin, Math.max(0, need.day - earliestReplenishment(terms)));
}

/** DA-4, DA-5: dates of a new order that is required on `requirement`. */
export function datesFor(terms: Terms, requirement: Day): OrderDates {
  const delivery = deliveryBefore(terms, requirement);
  const { start, order } = datesBeforeDelivery(terms, delivery);
  if (order >= terms.today) {
    return { requirementDay: requirement, orderDay: order, startDay: start, deliveryDay: delivery };
  }
  const forward = datesForward(terms);
  return {
    requirementDay: requirement,
    orderDay: forward.order,
    startDay: forward.start,
    deliveryDay: forward.delivery,
  };
}

/** DA-4 and TF-2b: dates of a new order for a need. */
export function newOrderDates(terms: Terms, need: Need): OrderDates {
  const margin = planningIssueMargin(terms, need);
  const wanted = Math.max(earlier(terms, need.day, margin), nextToday(terms));
  const first = afterFreezing(terms);
  const frozen = first !== undefined && wanted <= terms.today + terms.fences.freezing;
  return datesFor(terms, frozen ? first : wanted);
}

/** PN-1: J, the date an order planned just in time for a need is available. */
export function justInTime(terms: Terms, need: Need): Day {
  const margin = need.minimum ? terms.issueMargin : planningIssueMargin(terms, need);
  const required = earlier(terms, need.day, margin);
  return justInTimeOf(terms, required);
}

/** PN-1, AC-5: the same from the requirement date of the order. */
export function justInTimeOf(terms: Terms, required: Day): Day {
  return availableAfter(terms, deliveryBefore(terms, required));
}
