import { Outage } from '@tidemark/streams';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';

// One row per append, not per event: an append of 500 is one insert, one index entry, one checksum.
const schema = `
  CREATE TABLE IF NOT EXISTS streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS appends (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    events INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    types TEXT NOT NULL,
    ids TEXT NOT NULL,
    metas TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS appends_by_stream ON appends (stream, revision);
`;

const busyMs = 5_000;

/**
 * Opens the log to write. A commit is on the disk when it returns (WAL, synchronous FULL).
 * Automatic checkpoints are off because SQLite keeps their errors to itself; see `checkpoint`.
 */
export function openToWrite(path: string): DatabaseSync {
  return prepared(new DatabaseSync(path, { timeout: busyMs }), (database) => {
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA wal_autocheckpoint = 0');
    database.exec('PRAGMA cache_size = -32768');
    database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
  });
}

/** @throws Outage while the first writer has not made the tables yet. */
export function openToRead(path: string): DatabaseSync {
  return prepared(new DatabaseSync(path, { timeout: busyMs, readOnly: true }), (database) => {
    const made = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'appends_by_stream'");
    if (made.get() !== undefined) return;
    throw new Outage('unavailable', `${path} has no tables yet. Wait for its writer.`);
  });
}

/** The database, or closed again if it cannot be used. */
function prepared(database: DatabaseSync, prepare: (database: DatabaseSync) => void): DatabaseSync {
  try {
    prepare(database);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** A prepared statement that gives rows as arrays. */
export function prepareRows(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}
