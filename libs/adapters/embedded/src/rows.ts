import { LogDamaged } from '@tidemark/streams';
import type { SQLOutputValue } from 'node:sqlite';
import type { AppendRecord } from './record.js';

/** A row as `setReturnArrays` gives it: values by column number. */
export type Row = Readonly<Record<number, SQLOutputValue>>;

export function integerAt(row: Row, column: number): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw new LogDamaged(`Column ${column} of a row of the log holds ${typeof value}, not a number.`);
}

export function textAt(row: Row, column: number): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw new LogDamaged(`Column ${column} of a row of the log holds ${typeof value}, not a text.`);
}

/** Columns that `recordOfRow` reads, from `appends a left join streams s`. */
export const recordColumns =
  'a.position, s.name, a.revision, a.events, a.checksum, a.types, a.ids, a.metas, a.data';

export function recordOfRow(row: Row): AppendRecord {
  return {
    count: integerAt(row, 0),
    stream: textAt(row, 1),
    revision: integerAt(row, 2),
    events: integerAt(row, 3),
    checksum: integerAt(row, 4),
    types: textAt(row, 5),
    ids: textAt(row, 6),
    metas: textAt(row, 7),
    data: textAt(row, 8),
  };
}
