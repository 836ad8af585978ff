import type { Cells } from '../cells.js';

/** How the text of a cell is read; what the contract of events says of it is checked there. */
export type ColumnKind = 'text' | 'whole' | 'list' | 'flag' | 'switches';

export interface Column {
  readonly column: string;
  /** Where the value goes in the event's data: `leadTime`, `coverage.code`. */
  readonly path: string;
  readonly kind: ColumnKind;
  readonly meaning: string;
  readonly isRequired?: true;
}

type Data = Record<string, unknown>;

type ReadCell = (cells: Cells, column: string) => unknown;

const readers: Readonly<Record<ColumnKind, ReadCell>> = {
  text: (cells, column) => cells.textIfAny(column),
  whole: (cells, column) => cells.wholeIfAny(column),
  list: (cells, column) => wordsOf(cells, column),
  flag: (cells, column) => flagOf(cells, column),
  switches: (cells, column) => {
    const words = wordsOf(cells, column);
    return words && Object.fromEntries(words.map((word) => [word, true]));
  },
};

/** The event's data as a row gives it; empty cells are left out. */
export function dataOf(columns: readonly Column[], cells: Cells): Data {
  const data: Data = {};
  const groups = new Map<string, Data>();
  for (const { column, path, kind, isRequired } of columns) {
    const value = isRequired === true ? cells.text(column) : readers[kind](cells, column);
    if (value === undefined) continue;
    const [first = path, leaf] = path.split('.');
    if (leaf === undefined) {
      data[first] = value;
      continue;
    }
    const group = groups.get(first) ?? {};
    groups.set(first, group);
    data[first] = group;
    group[leaf] = value;
  }
  return data;
}

function wordsOf(cells: Cells, column: string): string[] | undefined {
  return cells.textIfAny(column)?.split(/\s+/);
}

function flagOf(cells: Cells, column: string): boolean | undefined {
  if (cells.textIfAny(column) === undefined) return undefined;
  return cells.choice(column, ['yes', 'no']) === 'yes';
}
