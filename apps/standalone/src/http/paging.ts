import { compareText } from '@tidemark/kernel';
import { refusals } from '../house/refusals.js';
import type { ListedRow } from '../house/plan-lists.js';
import { refuse } from './problem.js';
import { pageLimits } from './queries.js';

/** One page of a list. The next one begins behind the last row's key, whatever came between. */
export interface Page {
  readonly items: readonly unknown[];
  readonly total: number;
  /** Absent on the last page. */
  readonly cursor?: string;
}

export interface PageWanted {
  /** The list, with all that selects its rows: a cursor is good for this list alone. */
  readonly of: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** A page of rows that are sorted by their keys. */
export function pageOf(rows: readonly ListedRow[], wanted: PageWanted): Page {
  const { of, limit = pageLimits.rowsDefault, cursor } = wanted;
  const start = cursor === undefined ? 0 : firstAfter(rows, keyIn(cursor, of));
  const shown = rows.slice(start, start + limit);
  const last = shown.at(-1);
  const items = shown.map(({ row }) => row);
  const isLast = last === undefined || start + limit >= rows.length;
  return { items, total: rows.length, ...(isLast ? {} : { cursor: cursorOf(of, last.key) }) };
}

export function cursorOf(of: string, key: string): string {
  return Buffer.from(JSON.stringify([of, key])).toString('base64url');
}

/** The key in a cursor of this list; refused with BAD_CURSOR. */
export function keyIn(cursor: string, of: string): string {
  const [list, key, ...more] = partsOf(cursor);
  const isOurs = list === of && typeof key === 'string' && more.length === 0;
  return isOurs ? key : refuse(refusals.cursor(cursor));
}

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : [];
  } catch {
    // No JSON: made by somebody else.
    return [];
  }
}

function firstAfter(rows: readonly ListedRow[], key: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (compareText(rows[middle]?.key ?? '', key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
