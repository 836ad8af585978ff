import { LogDamaged } from '@tidemark/streams';
import type { AppendRecord } from './append-record.js';

/** A row as an array: values by column number, as `pg` gives them. */
export type Values = readonly unknown[];

/** Columns that `recordAt` reads, of a table or subquery called `a`. */
export const recordColumns =
  'a.epoch, a.xid::text, a.last, a.stream, a.revision, a.events, a.checksum, ' +
  'a.types, a.ids, a.metas, a.data';

export const recordColumnCount = 11;

/** The record that begins at this column. */
export function recordAt(row: Values, column = 0): AppendRecord {
  return {
    epoch: integerAt(row, column),
    xid: textAt(row, column + 1),
    last: integerAt(row, column + 2),
    stream: textAt(row, column + 3),
    revision: integerAt(row, column + 4),
    events: integerAt(row, column + 5),
    checksum: integerAt(row, column + 6),
    types: textAt(row, column + 7),
    ids: textAt(row, column + 8),
    metas: textAt(row, column + 9),
    data: textAt(row, column + 10),
  };
}

/** `pg` gives 8-byte integers as texts. */
export function integerAt(row: Values, column: number): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  const number = typeof value === 'string' ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new LogDamaged(`Column ${column} of a row of the log holds ${typeof value}, not a number.`);
}

export function textAt(row: Values, column: number): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw new LogDamaged(`Column ${column} of a row of the log holds ${typeof value}, not a text.`);
}
