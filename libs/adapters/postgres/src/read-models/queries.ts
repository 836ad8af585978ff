import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import type { CompiledQuery, RawBuilder } from 'kysely';
import { readModelLimits } from '@tidemark/streams';
import type { Cell, Row, RowQuery, TableShape } from '@tidemark/streams';
import { checkedName, typeOf } from './names.js';

/** Writes queries and sends none: connections and their timers are ours. */
const writer = new Kysely<Record<string, Row>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

export interface Asked {
  readonly schema: string;
  /** Name of the table of one build. */
  readonly physical: string;
  readonly table: TableShape;
  readonly query: RowQuery;
}

export function selectQuery({ schema, physical, table, query }: Asked): CompiledQuery {
  const { limit = readModelLimits.rows } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > readModelLimits.rows) {
    throw new RangeError(`A select of ${limit} rows; ask for 1 to ${readModelLimits.rows}.`);
  }
  let select = writer.withSchema(schema).selectFrom(checkedName(physical)).selectAll();
  for (const test of testsOf(table, query)) select = select.where(test);
  for (const name of query.orderBy ?? []) {
    select = select.orderBy(orderOf(table, name, query.descending === true));
  }
  return select.limit(limit).compile();
}

export function countQuery({ schema, physical, table, query }: Asked): CompiledQuery {
  let select = writer
    .withSchema(schema)
    .selectFrom(checkedName(physical))
    .select((of) => of.fn.countAll().as('n'));
  for (const test of testsOf(table, query)) select = select.where(test);
  return select.compile();
}

/** No value comes before every value; key columns always have one, and an index without a word. */
function orderOf(table: TableShape, name: string, descending: boolean): RawBuilder<unknown> {
  const column = columnOf(name);
  if (table.key.includes(name)) return descending ? sql`${column} desc` : sql`${column} asc`;
  return descending ? sql`${column} desc nulls last` : sql`${column} asc nulls first`;
}

const columnOf = (name: string): RawBuilder<unknown> => sql.ref(checkedName(name));

function* testsOf(table: TableShape, query: RowQuery): Generator<RawBuilder<boolean>, void, void> {
  for (const [name, wanted] of Object.entries(query.where ?? {})) {
    yield equalityTest(table, name, wanted);
  }
  for (const { column, from, to } of query.ranges ?? []) {
    if (from !== undefined) yield sql`${columnOf(column)} >= ${from}`;
    if (to !== undefined) yield sql`${columnOf(column)} <= ${to}`;
  }
  if (query.after !== undefined) {
    const columns = sql.join((query.orderBy ?? []).map(columnOf));
    const values = sql.join(query.after.map((value) => sql`${value}`));
    const sign = query.descending === true ? sql`<` : sql`>`;
    yield sql`(${columns}) ${sign} (${values})`;
  }
}

function equalityTest(
  table: TableShape,
  name: string,
  wanted: Cell | readonly Cell[],
): RawBuilder<boolean> {
  const column = columnOf(name);
  if (wanted === null) return sql`${column} is null`;
  if (typeof wanted !== 'object') return sql`${column} = ${wanted}`;
  if (wanted.length > readModelLimits.listedValues) {
    throw new Error(
      `${wanted.length} values for ${name}; at most ${readModelLimits.listedValues}.`,
    );
  }
  const listed = wanted.filter((value) => value !== null);
  const type = sql.raw(typeOf(table, name));
  const test = sql<boolean>`${column} = any(${listed}::${type}[])`;
  return listed.length === wanted.length ? test : sql`(${test} or ${column} is null)`;
}
