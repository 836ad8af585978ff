import type { Cell, ReadModelShape, RowChange, TableShape } from '@tidemark/streams';
import type { PoolClient } from 'pg';
import { ChangeFold } from './fold-changes.js';
import type { Cells } from './fold-changes.js';
import { checkedName, tableOf, typeOf } from './names.js';

/** Rows of one statement. */
const rowsAtOnce = 2_000;
// Changes that are folded before they are written: what is held in memory.
const changesAtOnce = 50_000;

const quoted = (name: string) => `"${checkedName(name)}"`;

/** A table of one build. */
interface Target {
  readonly physical: string;
  readonly shape: TableShape;
}

/** Makes the changes of one build, in their order, on an open transaction. */
export async function writeChanges(
  client: PoolClient,
  shape: ReadModelShape,
  changes: Iterable<RowChange>,
  physicalOf: (table: string) => string,
): Promise<void> {
  const folds = new Map<string, { readonly target: Target; readonly fold: ChangeFold }>();
  const foldOf = (name: string) => {
    const known = folds.get(name);
    if (known !== undefined) return known;
    const table = tableOf(shape, name);
    const made = {
      target: { physical: physicalOf(name), shape: table },
      fold: new ChangeFold(table),
    };
    folds.set(name, made);
    return made;
  };
  let folded = 0;
  for (const change of changes) {
    const { target, fold } = foldOf(change.table);
    if (!fold.take(change)) {
      await writeFold(client, target, fold);
      await writeAlone(client, target, change);
    }
    folded += 1;
    if (folded % changesAtOnce === 0) {
      for (const one of folds.values()) await writeFold(client, one.target, one.fold);
    }
  }
  for (const { target, fold } of folds.values()) await writeFold(client, target, fold);
}

async function writeFold(client: PoolClient, target: Target, fold: ChangeFold): Promise<void> {
  const { removals, puts, adds } = fold.flush();
  for (const { columns, values } of removals) {
    for (const part of partsOf(values)) await removeMany(client, target, { columns, values: part });
  }
  for (const part of partsOf(puts)) await upsert(client, target, { rows: part, adds: false });
  for (const part of partsOf(adds)) await upsert(client, target, { rows: part, adds: true });
}

function* partsOf(rows: readonly Cells[]): Generator<readonly Cells[], void, void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) yield rows.slice(at, at + rowsAtOnce);
}

async function writeAlone(client: PoolClient, target: Target, change: RowChange): Promise<void> {
  const { physical, shape } = target;
  if ('remove' in change) {
    const entries = Object.entries(change.remove);
    if (entries.length === 0) throw new Error(`A removal from ${physical} names no column.`);
    const values: Cell[] = [];
    const tests = entries.map(([name, value]) => {
      if (value === null) return `${quoted(name)} IS NULL`;
      values.push(value);
      return `${quoted(name)} = $${values.length}`;
    });
    await client.query(`DELETE FROM ${physical} WHERE ${tests.join(' AND ')}`, values);
    return;
  }
  const adds = 'add' in change;
  const row = adds ? change.add : change.put;
  const cells = Object.keys(shape.columns).map((name) => row[name] ?? null);
  await upsert(client, target, { rows: [cells], adds });
}

/** Columns as arrays, one parameter each. */
function unnested(
  { shape }: Target,
  columns: readonly string[],
  rows: readonly Cells[],
): { readonly sql: string; readonly values: Cell[][] } {
  const arrays = columns.map((name, place) => `$${place + 1}::${typeOf(shape, name)}[]`);
  const values = columns.map((_, place) => rows.map((row) => row[place] ?? null));
  return { sql: `unnest(${arrays.join(', ')})`, values };
}

async function removeMany(
  client: PoolClient,
  target: Target,
  { columns, values }: { readonly columns: readonly string[]; readonly values: readonly Cells[] },
): Promise<void> {
  const { sql, values: arrays } = unnested(target, columns, values);
  const names = columns.map(quoted);
  const tests = names.map((name) => `t.${name} = v.${name}`);
  await client.query(
    `DELETE FROM ${target.physical} t USING ${sql} AS v (${names.join(', ')})
      WHERE ${tests.join(' AND ')}`,
    arrays,
  );
}

/** `put` replaces rows, `add` sums up the columns that the shape says. */
async function upsert(
  client: PoolClient,
  target: Target,
  { rows, adds }: { readonly rows: readonly Cells[]; readonly adds: boolean },
): Promise<void> {
  const { physical, shape } = target;
  const columns = Object.keys(shape.columns);
  const updates = columns
    .filter((name) => !shape.key.includes(name))
    .map((name) => {
      const column = quoted(name);
      return adds && shape.sums?.includes(name) === true
        ? `${column} = coalesce(t.${column}, 0) + coalesce(excluded.${column}, 0)`
        : `${column} = excluded.${column}`;
    });
  const action = updates.length === 0 ? 'NOTHING' : `UPDATE SET ${updates.join(', ')}`;
  const { sql, values } = unnested(target, columns, rows);
  await client.query(
    `INSERT INTO ${physical} AS t (${columns.map(quoted).join(', ')}) SELECT * FROM ${sql}
      ON CONFLICT (${shape.key.map(quoted).join(', ')}) DO ${action}`,
    values,
  );
}
