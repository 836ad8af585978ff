import {
  Accumulation,
  movementOf,
  nodeCells,
  requirementCells,
  requirementsList,
  type Shown,
} from '@tidemark/projections';
import {
  readModelLimits,
  type Cell,
  type ReadModelReader,
  type Row,
  type RowQuery,
} from '@tidemark/streams';
import type { OverlaidProfile } from '../planner/planner-desk.js';
import { compareKeys, keyOf, rowsOfPage, type PageQuery, type RowPage } from './pages.js';

const { shape, table, orderBy } = requirementsList;

/** A page of requirements with the stock after each of them. */
export async function profilePage(
  reader: ReadModelReader,
  query: PageQuery,
): Promise<{ readonly items: readonly Shown[]; readonly next?: readonly Cell[] }> {
  const { rows, ...next } = await rowsOfPage(reader, requirementsList, query);
  const [first] = rows;
  const isMiddle = first !== undefined && query.after !== undefined;
  const accumulation = new Accumulation(isMiddle ? await stockBefore(reader, first) : 0);
  return { items: rows.map((row) => accumulation.show(row)), ...next };
}

/** What the rows of the same node before this one come to. */
async function stockBefore(reader: ReadModelReader, first: Row): Promise<number> {
  const { company = null, plan = null, item = null, dimensions = null } = first;
  const where = { company, plan, item, dimensions };
  let stock = 0;
  let after = keyOf(first, orderBy);
  for (;;) {
    const limit = readModelLimits.rows;
    const query: RowQuery = { table, where, orderBy, descending: true, after, limit };
    const rows = await reader.select(shape, query);
    for (const row of rows) stock += movementOf(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return stock;
    after = keyOf(last, orderBy);
  }
}

/** A page of the profile that the planner has laid pending entries over: one item, in memory. */
export function overlaidPage(
  { rows: requirements }: OverlaidProfile,
  { limit, after }: Pick<PageQuery, 'limit' | 'after'>,
): { readonly items: readonly Shown[]; readonly total: number; readonly next?: readonly Cell[] } {
  const ordered = requirements
    .map((row): Row => ({
      ...nodeCells({ company: '', plan: '' }, row),
      ...requirementCells(row),
    }))
    .sort((left, right) => compareKeys(keyOf(left, orderBy), keyOf(right, orderBy)));
  const accumulation = new Accumulation();
  const shown = ordered.map((row) => ({ row, item: accumulation.show(row) }));
  const follows = ({ row }: { readonly row: Row }): boolean =>
    after === undefined || compareKeys(keyOf(row, orderBy), after) > 0;
  const rest = shown.filter(follows);
  const page: RowPage = { rows: rest.slice(0, limit).map(({ row }) => row) };
  const last = page.rows.at(-1);
  const items = rest.slice(0, limit).map(({ item }) => item);
  const total = shown.length;
  if (last === undefined || rest.length <= limit) return { items, total };
  return { items, total, next: keyOf(last, orderBy) };
}
