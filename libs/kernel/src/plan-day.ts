import { failed, refusal, success, type Refusal, type Result } from './result.js';

declare const planDayBrand: unique symbol;

/** A calendar date of the site, as the number of days since 1970-01-01. No time, no zone. */
export type PlanDay = number & { readonly [planDayBrand]: 'PlanDay' };

/** Earliest and latest date that is taken: 1970-01-01 and 2199-12-31. */
export const planDayMin = 0;
export const planDayMax = 84005;

export function planDayOf(day: number): PlanDay {
  return day as PlanDay;
}

const dateText = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads YYYY-MM-DD of a day that exists, from 1970 to 2199; refused with DATE otherwise. */
export function parsePlanDay(text: string): Result<PlanDay, Refusal> {
  const match = dateText.exec(text);
  if (match === null) return badDate(text, 'is not of the form YYYY-MM-DD');
  const year = Number(match[1]);
  const month = Number(match[2]);
  const dayOfMonth = Number(match[3]);
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) {
    return badDate(text, 'does not exist');
  }
  const day = dayFromCivil(year, month, dayOfMonth);
  if (day < planDayMin || day > planDayMax) return badDate(text, 'is not between 1970 and 2199');
  return success(planDayOf(day));
}

function badDate(text: string, what: string): Result<never, Refusal> {
  return failed(
    refusal('DATE', `Date "${text}" ${what}.`, {
      remedy: 'Send a date of the site’s calendar such as 2026-05-01, without a time.',
    }),
  );
}

/** YYYY-MM-DD of a day. */
export function formatPlanDay(day: number): string {
  const { year, month, dayOfMonth } = civilOf(day);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01 of a date (Howard Hinnant's civil calendar arithmetic). */
export function dayFromCivil(year: number, month: number, dayOfMonth: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const monthFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + dayOfMonth - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Year, month (1-12) and day of month of a day number. */
export function civilOf(day: number): { year: number; month: number; dayOfMonth: number } {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth };
}

/** Day of the week, 0 = Monday to 6 = Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The same day of the month so many months later, at most its last day (FC-4). */
export function addMonths(day: number, months: number): number {
  const { year, month, dayOfMonth } = civilOf(day);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = (index % 12) + 1;
  return dayFromCivil(toYear, toMonth, Math.min(dayOfMonth, daysInMonth(toYear, toMonth)));
}
