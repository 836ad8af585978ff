import type { NodeRows, PlanView } from '@tidemark/planning';

type Table = keyof NodeRows;

/** All rows of one kind, of some items or of all. */
export function rowsIn<Kind extends Table>(
  view: PlanView,
  table: Kind,
  items?: readonly string[],
): NodeRows[Kind][number][] {
  const nodes =
    items === undefined ? view.rowsOf() : [...new Set(items)].flatMap((item) => view.rowsOf(item));
  return nodes.flatMap((rows): readonly NodeRows[Kind][number][] => rows[table]);
}
