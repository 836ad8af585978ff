import { parsePlanDay } from '@tidemark/kernel';
import type { PlanListName, PlanPage } from '@tidemark/runtime';
import type { Cell, RowRange } from '@tidemark/streams';
import type { ListQuery, MessagesQuery, OrdersQuery } from './queries.js';
import { valueOf } from './problem.js';

/** The column that a date range of a list is about. */
const dateColumns: Partial<Readonly<Record<PlanListName, string>>> = {
  orders: 'requirement_day',
};

type Filters = Pick<ListQuery, 'item'> &
  Pick<OrdersQuery, 'type' | 'status' | 'fromDate' | 'toDate'> &
  Pick<MessagesQuery, 'messageKind'>;

/** The rows of a list that a query selects. */
export function filtersOf(
  list: PlanListName,
  { item, type, status, messageKind: kind, fromDate: from, toDate: to }: Filters,
): Required<Pick<PlanPage, 'where' | 'ranges'>> {
  const where: Record<string, Cell> = {};
  for (const [column, value] of Object.entries({ item, type, status, kind })) {
    if (value !== undefined) where[column] = value;
  }
  const column = dateColumns[list];
  if (column === undefined || (from === undefined && to === undefined))
    return { where, ranges: [] };
  const range: RowRange = {
    column,
    ...(from === undefined ? {} : { from: valueOf(parsePlanDay(from)) }),
    ...(to === undefined ? {} : { to: valueOf(parsePlanDay(to)) }),
  };
  return { where, ranges: [range] };
}
