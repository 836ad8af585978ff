import type { Day } from './values.js';
import type { Calendar, Weekday } from './world.js';

/** 1970-01-01 was a Thursday. */
const weekdays: readonly Weekday[] = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'];
const searchDaysMax = 20_000;

export type PerhapsCalendar = Calendar | undefined;

export function isOpen(calendar: PerhapsCalendar, day: Day): boolean {
  if (calendar === undefined) return true;
  if (calendar.holidays?.includes(day) === true) return false;
  const weekday = weekdays[((day % 7) + 7) % 7];
  return (
    calendar.workingDays === undefined || calendar.workingDays.some((open) => open === weekday)
  );
}

/** The first open day from `day` on, going by `step` days at a time. */
function search(calendar: PerhapsCalendar, day: Day, step: 1 | -1): Day {
  for (let tried = 0; tried < searchDaysMax; tried += 1) {
    if (isOpen(calendar, day + tried * step)) return day + tried * step;
  }
  throw new Error('A calendar has no open day');
}

/** DA-1: last open day <= day. */
export function previousOpen(calendar: PerhapsCalendar, day: Day): Day {
  return search(calendar, day, -1);
}

/** DA-1: first open day >= day. */
export function nextOpen(calendar: PerhapsCalendar, day: Day): Day {
  return search(calendar, day, 1);
}

/** DA-1: the n-th open day strictly before; prev when n = 0. */
export function openDaysBack(calendar: PerhapsCalendar, day: Day, days: number): Day {
  if (days <= 0) return previousOpen(calendar, day);
  let at = day;
  for (let count = 0; count < days; count += 1) at = previousOpen(calendar, at - 1);
  return at;
}

/** DA-1: the n-th open day strictly after; next when n = 0. */
export function openDaysOn(calendar: PerhapsCalendar, day: Day, days: number): Day {
  if (days <= 0) return nextOpen(calendar, day);
  let at = day;
  for (let count = 0; count < days; count += 1) at = nextOpen(calendar, at + 1);
  return at;
}
