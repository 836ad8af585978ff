import { keyOfLine } from '../api/line-keys.js';
import type { NodeRows } from '../api/rows.js';
import type { Change, NodeDifference } from '../api/runs.js';

type Tables = Pick<NodeDifference, 'orders' | 'requirements' | 'coverage' | 'messages'>;

/** The changed lines between two states of a node, line by line; undefined if there are none. */
export function rowsDifference(before: NodeRows, after: NodeRows): Tables | undefined {
  const tables = {
    orders: changed(before.orders, after.orders, keyOfLine.orders),
    requirements: changed(before.requirements, after.requirements, keyOfLine.requirements),
    coverage: changed(before.coverage, after.coverage, keyOfLine.coverage),
    messages: changed(before.messages, after.messages, keyOfLine.messages),
  };
  return Object.values(tables).every((changes) => changes.length === 0) ? undefined : tables;
}

function changed<Row extends object>(
  before: readonly Row[],
  after: readonly Row[],
  keyOf: (row: Row) => string,
): Change<Row>[] {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const found: Change<Row>[] = [];
  for (const row of after) {
    const key = keyOf(row);
    const was = old.get(key);
    old.delete(key);
    if (was === undefined) found.push({ key, after: row });
    else if (JSON.stringify(was) !== JSON.stringify(row)) {
      found.push({ key, before: was, after: row });
    }
  }
  for (const [key, row] of old) found.push({ key, before: row });
  return found;
}
