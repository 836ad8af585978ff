import type { Cell, RowQuery, TableShape } from '@tidemark/streams';
import { readModelLimits } from '@tidemark/streams';

/** A statement's text and the values of its placeholders. */
export interface Bound {
  readonly sql: string;
  readonly values: readonly Cell[];
}

const namePattern = /^[a-z][a-z0-9_]{0,62}$/;

/** @throws Error for a name that is none of ours: names are code, never input. */
export function quoted(name: string): string {
  if (!namePattern.test(name)) throw new Error(`"${name}" is no name of a table or column.`);
  return `"${name}"`;
}

export function createStatements(physical: string, shape: TableShape): readonly string[] {
  const columns = Object.entries(shape.columns).map(([name, type]) => {
    const rule = shape.key.includes(name) ? ' NOT NULL' : '';
    return `${quoted(name)} ${type.toUpperCase()}${rule}`;
  });
  const key = shape.key.map(quoted).join(', ');
  const indexes = (shape.indexes ?? []).map((index, number) => {
    const name = quoted(`${physical}_by_${number}`);
    return `CREATE INDEX ${name} ON ${quoted(physical)} (${index.map(quoted).join(', ')})`;
  });
  return [
    `CREATE TABLE ${quoted(physical)} (${columns.join(', ')}, PRIMARY KEY (${key})) STRICT`,
    ...indexes,
  ];
}

/** `put` replaces the row, `add` sums up the columns that the shape says. */
export function upsertStatement(physical: string, shape: TableShape, adds: boolean): string {
  const names = Object.keys(shape.columns);
  const places = names.map(() => '?').join(', ');
  const updates = names
    .filter((name) => !shape.key.includes(name))
    .map((name) => {
      const sums = adds && shape.sums?.includes(name) === true;
      const column = quoted(name);
      return sums
        ? `${column} = coalesce(${quoted(physical)}.${column}, 0) + coalesce(excluded.${column}, 0)`
        : `${column} = excluded.${column}`;
    });
  const action = updates.length === 0 ? 'NOTHING' : `UPDATE SET ${updates.join(', ')}`;
  return (
    `INSERT INTO ${quoted(physical)} (${names.map(quoted).join(', ')}) VALUES (${places}) ` +
    `ON CONFLICT (${shape.key.map(quoted).join(', ')}) DO ${action}`
  );
}

export function removeStatement(physical: string, columns: readonly string[]): string {
  if (columns.length === 0) throw new Error(`A removal from ${physical} names no column.`);
  const tests = columns.map((name) => `${quoted(name)} IS ?`);
  return `DELETE FROM ${quoted(physical)} WHERE ${tests.join(' AND ')}`;
}

export function selectStatement(physical: string, query: RowQuery): Bound {
  const { tests, values } = testsOf(query);
  const direction = query.descending === true ? ' DESC' : '';
  const order = (query.orderBy ?? []).map((name) => `${quoted(name)}${direction}`);
  const sql =
    `SELECT * FROM ${quoted(physical)}${whereText(tests)}` +
    (order.length === 0 ? '' : ` ORDER BY ${order.join(', ')}`) +
    ' LIMIT ?';
  const { limit = readModelLimits.rows } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > readModelLimits.rows) {
    throw new RangeError(`A select of ${limit} rows; ask for 1 to ${readModelLimits.rows}.`);
  }
  return { sql, values: [...values, limit] };
}

export function countStatement(physical: string, query: RowQuery): Bound {
  const { tests, values } = testsOf(query);
  return { sql: `SELECT COUNT(*) AS n FROM ${quoted(physical)}${whereText(tests)}`, values };
}

function whereText(tests: readonly string[]): string {
  return tests.length === 0 ? '' : ` WHERE ${tests.join(' AND ')}`;
}

function testsOf(query: RowQuery): { readonly tests: string[]; readonly values: Cell[] } {
  const tests: string[] = [];
  const values: Cell[] = [];
  for (const [name, wanted] of Object.entries(query.where ?? {})) {
    tests.push(equalityTest(name, wanted, values));
  }
  for (const { column, from, to } of query.ranges ?? []) {
    if (from !== undefined) tests.push(`${quoted(column)} >= ?`);
    if (from !== undefined) values.push(from);
    if (to !== undefined) tests.push(`${quoted(column)} <= ?`);
    if (to !== undefined) values.push(to);
  }
  if (query.after !== undefined) {
    const columns = (query.orderBy ?? []).map(quoted);
    const sign = query.descending === true ? '<' : '>';
    tests.push(`(${columns.join(', ')}) ${sign} (${columns.map(() => '?').join(', ')})`);
    values.push(...query.after);
  }
  return { tests, values };
}

function equalityTest(name: string, wanted: Cell | readonly Cell[], values: Cell[]): string {
  if (wanted === null) return `${quoted(name)} IS NULL`;
  if (typeof wanted !== 'object') {
    values.push(wanted);
    return `${quoted(name)} = ?`;
  }
  if (wanted.length > readModelLimits.listedValues) {
    throw new Error(
      `${wanted.length} values for ${name}; at most ${readModelLimits.listedValues}.`,
    );
  }
  const listed = wanted.filter((value) => value !== null);
  values.push(...listed);
  const test = `${quoted(name)} IN (${listed.map(() => '?').join(', ')})`;
  return listed.length === wanted.length ? test : `(${test} OR ${quoted(name)} IS NULL)`;
}
