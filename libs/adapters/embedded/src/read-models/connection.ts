import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { Cell, Row } from '@tidemark/streams';
import { LogDamaged } from '@tidemark/streams';
import { failureOf } from '../sqlite-failure.js';
import type { Bound } from './statements.js';

/** One open database with its prepared statements. */
export interface Connection {
  run(sql: string, values?: readonly Cell[]): void;
  /** Undoes the open transaction, unless a failure has done that already. */
  rollBack(): void;
  all(bound: Bound): Row[];
  close(): void;
}

const busyMs = 5_000;
const statementsKept = 200;

const registry = `
  CREATE TABLE IF NOT EXISTS "generations" (
    "model" TEXT NOT NULL, "number" INTEGER NOT NULL, "version" INTEGER NOT NULL,
    "tables" TEXT NOT NULL, "served" INTEGER NOT NULL,
    "through" TEXT NOT NULL, "resume" TEXT NOT NULL,
    PRIMARY KEY ("model", "number")
  )`;

/**
 * Rows and checkpoint are one transaction, so a loss of power may take the last of them (WAL,
 * synchronous NORMAL): the projector then folds the same events again.
 */
export function openForWriting(path: string): Connection {
  const database = new DatabaseSync(path, { timeout: busyMs });
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = NORMAL');
  database.exec('PRAGMA cache_size = -32768');
  database.exec(registry);
  return connectionOf(database);
}

export function openForReading(path: string): Connection {
  return connectionOf(new DatabaseSync(path, { timeout: busyMs, readOnly: true }));
}

function connectionOf(database: DatabaseSync): Connection {
  const prepared = new Map<string, StatementSync>();
  const statementOf = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    if (prepared.size >= statementsKept) prepared.clear();
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    run: (sql, values = []) => told(() => void statementOf(sql).run(...values)),
    all: ({ sql, values }) =>
      told(() =>
        statementOf(sql)
          .all(...values)
          .map(rowOf),
      ),
    rollBack: () => {
      if (database.isTransaction) database.exec('ROLLBACK');
    },
    close: () => database.close(),
  };
}

function told<Answer>(work: () => Answer): Answer {
  try {
    return work();
  } catch (thrown) {
    const failure = failureOf(thrown, 'A statement on the read models');
    if (!(failure instanceof LogDamaged)) throw failure;
    const remedy = 'Stop the process and delete read-models.sqlite: it is folded again.';
    throw new LogDamaged(`The file of read models is damaged. ${remedy}`, { cause: thrown });
  }
}

function rowOf(record: Readonly<Record<string, unknown>>): Row {
  const row: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(record)) {
    row[name] = typeof value === 'string' || typeof value === 'number' ? value : null;
  }
  return row;
}
