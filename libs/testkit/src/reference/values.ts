/** A calendar date as the number of days since 1970-01-01. */
export type Day = number;
/** A quantity in millionths of the unit: a safe integer. */
export type Amount = number;

/** Millionths in one unit. */
export const unit = 1_000_000;
const decimalsMax = 6;

export const dateText = /^(\d{4})-(\d{2})-(\d{2})$/;

/** What is wrong with an entry: it is refused (or parked), nothing changed. */
export interface Refusal {
  readonly code: string;
  readonly mentions: readonly string[];
}

function daysBeforeYear(year: number): number {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysOfMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  let day = daysBeforeYear(year) - daysBeforeYear(1970) + dayOfMonth - 1;
  for (let earlier = 1; earlier < month; earlier += 1) day += daysOfMonth(year, earlier);
  return day;
}

/** The day of a text YYYY-MM-DD. */
export function dayOfText(text: string): Day {
  const match = dateText.exec(text);
  if (match === null) throw new Error(`"${text}" is not a date YYYY-MM-DD`);
  return dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
}

export function civilOfDay(day: Day): CivilDate {
  let year = 1970 + Math.floor(day / 366);
  while (dayOf(year + 1, 1, 1) <= day) year += 1;
  let month = 1;
  while (month < 12 && dayOf(year, month + 1, 1) <= day) month += 1;
  return { year, month, dayOfMonth: day - dayOf(year, month, 1) + 1 };
}

export function textOfDay(day: Day): string {
  const { year, month, dayOfMonth } = civilOfDay(day);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}`;
}

/** The same day of the month so many months later, at most that month's last day (FC-4). */
export function monthsLater(day: Day, months: number): Day {
  const { year, month, dayOfMonth } = civilOfDay(day);
  const index = year * 12 + (month - 1) + months;
  const laterYear = Math.floor(index / 12);
  const laterMonth = (index % 12) + 1;
  return dayOf(laterYear, laterMonth, Math.min(dayOfMonth, daysOfMonth(laterYear, laterMonth)));
}

/** Millionths of a decimal number; exact, because the shortest text of the number is read. */
export function amountOf(value: number | string): Amount {
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return Math.round(Number(text) * unit);
  const fraction = (match[3] ?? '').padEnd(decimalsMax, '0');
  if (fraction.length > decimalsMax) throw new Error(`${text} has more than 6 decimals`);
  const size = BigInt(match[2] ?? '0') * BigInt(unit) + BigInt(fraction);
  return Number(match[1] === '-' ? -size : size);
}

/** The decimal number of an amount, for people and comparisons of results. */
export function decimalOf(amount: Amount): number {
  return Number(`${amount}e-6`);
}

/** The smallest step of a quantity with so many decimals. */
export function stepOf(decimals: number): Amount {
  return 10 ** (decimalsMax - decimals);
}

/** numerator / denominator, rounded up to a whole number. */
export function ceilOf(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator > 0n ? quotient + 1n : quotient;
}

export function roundUpTo(amount: Amount, step: Amount): Amount {
  if (step <= 0) return amount;
  return Number(ceilOf(BigInt(amount), BigInt(step)) * BigInt(step));
}

export function roundDownTo(amount: Amount, step: Amount): Amount {
  if (step <= 0 || !Number.isFinite(amount)) return amount;
  return Number((BigInt(amount) / BigInt(step)) * BigInt(step));
}

/** Compares texts by code point, as every order of ids does (NE-2, NE-7). */
export function compareText(left: string, right: string): number {
  const ofLeft = [...left];
  const ofRight = [...right];
  for (let at = 0; at < Math.min(ofLeft.length, ofRight.length); at += 1) {
    const difference = (ofLeft[at]?.codePointAt(0) ?? 0) - (ofRight[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return ofLeft.length - ofRight.length;
}

export function sumOf(amounts: readonly Amount[]): Amount {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
