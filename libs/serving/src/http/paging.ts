import type { Cell } from '@tidemark/streams';
import type { ListPage } from '@tidemark/runtime';
import { refusals } from '../companies/refusals.js';
import { refuse } from './problem.js';

/** One page of a list. The next one begins behind the last row's key, whatever came between. */
export interface Page {
  readonly items: readonly unknown[];
  readonly total: number;
  /** Absent on the last page. */
  readonly cursor?: string;
}

/**
 * A page as it goes out.
 *
 * @param of the list, with all that selects its rows: a cursor is good for this list alone.
 */
export function pageOf({ items, total, next }: ListPage, of: string): Page {
  return { items, total, ...(next === undefined ? {} : { cursor: cursorOf(of, next) }) };
}

export function cursorOf(of: string, key: readonly Cell[]): string {
  return Buffer.from(JSON.stringify([of, ...key])).toString('base64url');
}

/** Where the page begins that a query asks for; refused with BAD_CURSOR. */
export function afterIn(
  cursor: string | undefined,
  { of, columns }: { readonly of: string; readonly columns: number },
): { readonly after?: readonly Cell[] } {
  if (cursor === undefined) return {};
  const [list, ...key] = partsOf(cursor);
  const cells = key.filter((part) => typeof part === 'string' || typeof part === 'number');
  const isOurs = list === of && key.length === columns && cells.length === columns;
  return isOurs ? { after: cells } : refuse(refusals.cursor(cursor));
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
