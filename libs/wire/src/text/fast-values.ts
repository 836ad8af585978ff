import {
  failed,
  formatPlanDay,
  parsePlanDay,
  parseQuantity,
  planDayMax,
  planDayMin,
  planDayOf,
  quantityOf,
  success,
  unit,
  type PlanDay,
  type Quantity,
  type Refusal,
  type Result,
} from '@tidemark/kernel';

const point = 46;
const shortMax = 9;
const scales = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1] as const;

/** `parseQuantity`, with a short way for the texts that occur most. */
export function readQuantity(text: string): Result<Quantity, Refusal> {
  if (text.length === 0 || text.length > shortMax + 7) return parseQuantity(text);
  let at = 0;
  let whole = 0;
  for (; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    whole = whole * 10 + digit;
  }
  if (at === 0 || at > shortMax || (at > 1 && text.charCodeAt(0) === 48))
    return parseQuantity(text);
  if (at === text.length) return success(quantityOf(whole * unit));
  if (text.charCodeAt(at) !== point) return parseQuantity(text);
  let fraction = 0;
  const decimals = text.length - at - 1;
  for (at += 1; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return parseQuantity(text);
    fraction = fraction * 10 + digit;
  }
  const scale = scales[decimals];
  if (decimals === 0 || scale === undefined) return parseQuantity(text);
  return success(quantityOf(whole * unit + fraction * scale));
}

// One entry per day that can be taken, 84,006 at most.
const dayByText = new Map<string, PlanDay>();
const textByDay: (string | undefined)[] = [];

export function readDay(text: string): Result<PlanDay, Refusal> {
  const known = dayByText.get(text);
  if (known !== undefined) return success(known);
  const read = parsePlanDay(text);
  if (read.ok) dayByText.set(text, read.value);
  return read;
}

export function dayText(day: PlanDay): string {
  const known = textByDay[day];
  if (known !== undefined) return known;
  const text = formatPlanDay(day);
  if (day >= 0) textByDay[day] = text;
  return text;
}

const dayMs = 86_400_000;
const zulu = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/;

/** Milliseconds since 1970 of a moment; refused if its date does not exist. */
export function readInstant(text: string): Result<number, Refusal> {
  const date = readDay(text.slice(0, 10));
  if (!date.ok) return date;
  if (zulu.test(text)) return success(date.value * dayMs + timeOfDay(text));
  // The language takes 24:00 for midnight at the day's end, the standard does not.
  const time = text.startsWith('24', 11) ? Number.NaN : Date.parse(text);
  if (Number.isFinite(time)) return success(time);
  return failed({
    code: 'DATE_TIME',
    message: `Moment "${text}" does not exist.`,
    mentions: [],
    remedy: 'Send RFC 3339 with an offset, such as 2026-05-01T08:00:00Z.',
  });
}

/** Milliseconds of the day in `…Thh:mm:ss[.mmm]Z`. */
function timeOfDay(text: string): number {
  const seconds = twoDigitsAt(text, 11) * 3600 + twoDigitsAt(text, 14) * 60 + twoDigitsAt(text, 17);
  if (text.length === 20) return seconds * 1000;
  return seconds * 1000 + twoDigitsAt(text, 20) * 10 + (text.charCodeAt(22) - 48);
}

function twoDigitsAt(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + (text.charCodeAt(at + 1) - 48);
}

const twoDigitTexts = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, '0'));

/** The text of a moment: RFC 3339 in UTC with milliseconds. */
export function instantText(time: number): string {
  const day = Math.floor(time / dayMs);
  if (day < planDayMin || day > planDayMax) return new Date(time).toISOString();
  const rest = time - day * dayMs;
  const seconds = Math.floor(rest / 1000);
  const millis = rest - seconds * 1000;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const clock = `${two(hours)}:${two(minutes)}:${two(seconds % 60)}`;
  return `${dayText(planDayOf(day))}T${clock}.${String(millis).padStart(3, '0')}Z`;
}

function two(value: number): string {
  return twoDigitTexts[value] ?? '';
}
