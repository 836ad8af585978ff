import type { ProjectedEvent, Projection } from '@tidemark/projections';
import type { Cell, Row, RowChange, TableShape } from '@tidemark/streams';

/** The tables of one read model in memory, changed as the port of the store says. */
export class RowTables {
  readonly #projection: Projection;
  readonly #tables = new Map<
    string,
    { readonly shape: TableShape; readonly rows: Map<string, Row> }
  >();

  constructor(projection: Projection) {
    this.#projection = projection;
    for (const shape of projection.shape.tables) {
      this.#tables.set(shape.name, { shape, rows: new Map() });
    }
  }

  fold(event: ProjectedEvent): void {
    for (const change of this.#projection.fold(event)) this.#apply(change);
  }

  rows(table: string): readonly Row[] {
    return [...this.#table(table).rows.values()];
  }

  #apply(change: RowChange): void {
    const { shape, rows } = this.#table(change.table);
    if ('remove' in change) {
      const wanted = Object.entries(change.remove);
      expect(wanted.length).toBeGreaterThan(0);
      for (const [key, row] of rows) {
        if (wanted.every(([column, cell]) => (row[column] ?? null) === cell)) rows.delete(key);
      }
      return;
    }
    const given = 'add' in change ? change.add : change.put;
    for (const column of Object.keys(given)) expect(shape.columns).toHaveProperty([column]);
    const key = JSON.stringify(shape.key.map((column) => given[column] ?? null));
    const before = rows.get(key);
    const sums = 'add' in change ? (shape.sums ?? []) : [];
    const cells = Object.keys(shape.columns).map((column): [string, Cell] => {
      const cell = given[column] ?? null;
      if (!sums.includes(column)) return [column, cell];
      return [column, Number(before?.[column] ?? 0) + Number(cell ?? 0)];
    });
    rows.set(key, Object.fromEntries(cells));
  }

  #table(name: string) {
    const table = this.#tables.get(name);
    if (table === undefined) throw new Error(`There is no table ${name}.`);
    return table;
  }
}
