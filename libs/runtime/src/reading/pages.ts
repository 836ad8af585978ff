import { compareText } from '@tidemark/kernel';
import type { ListedTable, Shown } from '@tidemark/projections';
import type { Cell, ReadModelReader, Row, RowRange } from '@tidemark/streams';

/** Rows of a list that are wanted. */
export interface PageQuery {
  readonly where: Readonly<Record<string, Cell | readonly Cell[]>>;
  readonly ranges?: readonly RowRange[];
  /** Most rows of the page. */
  readonly limit: number;
  /** Values of the last row of the page before, in the list's order. */
  readonly after?: readonly Cell[];
}

export interface RowPage {
  readonly rows: readonly Row[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: readonly Cell[];
}

export interface ListPage {
  readonly items: readonly Shown[];
  readonly total: number;
  readonly next?: readonly Cell[];
}

/** One page, found by the key of the row before it: whatever comes in between, none is repeated. */
export async function rowsOfPage(
  reader: ReadModelReader,
  { shape, table, orderBy }: ListedTable,
  { where, ranges, limit, after }: PageQuery,
): Promise<RowPage> {
  const found = await reader.select(shape, {
    table,
    where,
    orderBy,
    limit: limit + 1,
    ...(ranges === undefined ? {} : { ranges }),
    ...(after === undefined ? {} : { after }),
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  if (last === undefined || found.length <= limit) return { rows };
  return { rows, next: keyOf(last, orderBy) };
}

/** One page of a list with the number of all its rows. */
export async function listPage(
  reader: ReadModelReader,
  list: ListedTable,
  query: PageQuery,
): Promise<ListPage> {
  const { rows, ...next } = await rowsOfPage(reader, list, query);
  const total = await totalOf(reader, list, query);
  return { items: rows.map((row) => list.show(row)), total, ...next };
}

export function totalOf(
  reader: ReadModelReader,
  { shape, table }: ListedTable,
  { where, ranges }: PageQuery,
): Promise<number> {
  return reader.count(shape, { table, where, ...(ranges === undefined ? {} : { ranges }) });
}

export function keyOf(row: Row, orderBy: readonly string[]): readonly Cell[] {
  return orderBy.map((column) => row[column] ?? null);
}

/** As the read-model store orders rows: numbers by size, texts by code point. */
export function compareKeys(left: readonly Cell[], right: readonly Cell[]): number {
  for (const [at, cell] of left.entries()) {
    const other = right[at] ?? null;
    const order =
      typeof cell === 'number' && typeof other === 'number'
        ? cell - other
        : compareText(String(cell), String(other));
    if (order !== 0) return order;
  }
  return 0;
}
