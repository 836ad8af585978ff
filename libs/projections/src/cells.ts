import { formatPlanDay, formatQuantity } from '@tidemark/kernel';
import type { Cell, Row } from './tables.js';

/** Text of a cell; a number stays its digits, none is the empty text. */
export function textIn(row: Row, column: string): string {
  const cell = row[column];
  return cell === undefined || cell === null ? '' : String(cell);
}

/** Number of a cell; 0 for none. */
export function numberIn(row: Row, column: string): number {
  const cell = row[column];
  return typeof cell === 'number' ? cell : 0;
}

/** The value that a cell holds as JSON; undefined for none. */
export function jsonIn(row: Row, column: string): unknown {
  const cell = row[column];
  if (typeof cell !== 'string') return undefined;
  const value: unknown = JSON.parse(cell);
  return value;
}

/** A flag as a cell. */
export function flagCell(flag: boolean | undefined): Cell {
  return flag === undefined ? null : Number(flag);
}

type Turn = (cell: string | number) => unknown;

const turns = {
  text: (cell) => String(cell),
  count: (cell) => cell,
  quantity: (cell) => formatQuantity(Number(cell)),
  day: (cell) => formatPlanDay(Number(cell)),
  flag: (cell) => cell === 1,
} as const satisfies Readonly<Record<string, Turn>>;

/** What a column is shown as: its kind, and its name outside if that is another one. */
export type ShownColumn = keyof typeof turns | readonly [keyof typeof turns, string];

/** The columns of a row that have a value, as readers see them. */
export function shownCells(
  row: Row,
  columns: Readonly<Record<string, ShownColumn>>,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [column, as] of Object.entries(columns)) {
    const cell = row[column];
    if (cell === undefined || cell === null) continue;
    const [kind, name] = typeof as === 'string' ? [as, column] : as;
    shown[name] = turns[kind](cell);
  }
  return shown;
}
