import { planDayMax, weekdayOf } from '@tidemark/kernel';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Working days by weekday, less holidays (plan days). */
export interface Calendar {
  readonly id: string;
  readonly workingDays: readonly Weekday[];
  readonly holidays: readonly number[];
}

/** A search for an open day ends here; farther days count as open, so that it always ends. */
const searchDaysMax = 3660;

/** Days that are open on both calendars. */
export function openOnBoth(left: Calendar, right: Calendar): Calendar {
  return {
    id: `${left.id}\u0000${right.id}`,
    workingDays: left.workingDays.filter((day) => right.workingDays.includes(day)),
    holidays: [...new Set([...left.holidays, ...right.holidays])],
  };
}

/** Open-day arithmetic on one calendar (DA-1). */
export interface OpenDays {
  /** Last open day at or before `day`. */
  prev(day: number): number;
  /** First open day at or after `day`. */
  next(day: number): number;
  /** `prev` for 0, else the n-th open day strictly before `day`. */
  back(day: number, count: number): number;
  /** `next` for 0, else the n-th open day strictly after `day`. */
  forward(day: number, count: number): number;
}

/** No calendar: every day is open. */
export const everyDay: OpenDays = {
  prev: (day) => day,
  next: (day) => day,
  back: (day, count) => day - count,
  forward: (day, count) => day + count,
};

/**
 * Open-day arithmetic of a calendar; a calendar without an open day searches ten years, no
 * more.
 */
export function openDaysOf(calendar: Calendar): OpenDays {
  const openOnWeekday = weekdays.map((name) => calendar.workingDays.includes(name));
  const closed = new Set(calendar.holidays);
  const isOpen = (day: number): boolean =>
    openOnWeekday[weekdayOf(day)] === true && !closed.has(day);
  const seek = (from: number, step: 1 | -1): number => {
    for (let day = from, tried = 0; tried <= searchDaysMax; day += step, tried += 1) {
      if (isOpen(day) || day > planDayMax) return day;
    }
    return from;
  };
  const walk = (from: number, count: number, step: 1 | -1): number => {
    let day = seek(count === 0 ? from : from + step, step);
    for (let left = count - 1; left > 0; left -= 1) day = seek(day + step, step);
    return day;
  };
  return {
    prev: (day) => seek(day, -1),
    next: (day) => seek(day, 1),
    back: (day, count) => walk(day, count, -1),
    forward: (day, count) => walk(day, count, 1),
  };
}
