import { failed, success } from '@tidemark/kernel';
import { noEvents, positionOfCount } from '@tidemark/streams';
import { prepareRows } from './database.js';
import { recordOfAppend } from './record.js';
import { failureOf } from './sqlite-failure.js';
import { integerAt } from './rows.js';
import type { DatabaseSync } from 'node:sqlite';
import type { Appended, AppendOutcome, EncodedAppend } from '@tidemark/streams';
import type { LogReader } from './log-reader.js';
import type { AppendRecord } from './record.js';
import type { Row } from './rows.js';

/** What one transaction did: an outcome per append, and the records it wrote. */
export interface Commit {
  readonly outcomes: readonly AppendOutcome[];
  readonly written: readonly AppendRecord[];
}

export interface LogWriter {
  /**
   * Commits the appends in one durable transaction.
   *
   * @throws Outage with nothing committed, unless it is ambiguous.
   */
  commit(group: readonly EncodedAppend[]): Commit;
  /**
   * Moves committed pages from the write-ahead file into the log.
   *
   * @throws Outage if that fails: then the process must not write any more.
   */
  checkpoint(): void;
}

/** Where a stream stands; kept for streams in use, so that most appends need not ask the file. */
interface StreamHead {
  readonly number: number;
  revision: number;
}

const headsKept = 100_000;

export function createLogWriter(database: DatabaseSync, reader: LogReader): LogWriter {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const end = database.prepare('COMMIT');
  const heads = createStreamHeads(database, reader);
  const insertRecord = prepareInsert(database);
  let count = reader.count();

  function appendOne(append: EncodedAppend, written: AppendRecord[]): AppendOutcome {
    const { stream, expected } = append;
    const actual = heads.find(stream)?.revision ?? noEvents;
    if (actual !== expected) {
      const earlier = actual > expected ? repeatedAppend(reader, append) : undefined;
      if (earlier !== undefined) return success(earlier);
      return failed({ code: 'CONFLICT', stream, expected, actual });
    }
    const head = heads.find(stream) ?? heads.create(stream);
    const record = recordOfAppend(append, count + 1);
    insertRecord(record, head.number);
    head.revision += record.events;
    count += record.events;
    written.push(record);
    return success({ revision: head.revision, position: positionOfCount(count) });
  }

  return {
    commit(group) {
      const before = count;
      const written: AppendRecord[] = [];
      try {
        begin.run();
        const outcomes = group.map((append) => appendOne(append, written));
        end.run();
        return { outcomes, written };
      } catch (thrown) {
        count = before;
        heads.forget();
        if (database.isTransaction) database.exec('ROLLBACK');
        throw failureOf(thrown, 'Appending to the log');
      }
    },
    checkpoint() {
      try {
        database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      } catch (thrown) {
        throw failureOf(thrown, 'Writing back the log');
      }
    },
  };
}

function prepareInsert(database: DatabaseSync): (record: AppendRecord, stream: number) => void {
  const insert = database.prepare(
    `INSERT INTO appends (position, stream, revision, events, checksum, types, ids, metas, data)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (record, stream) => {
    const { count, revision, events, checksum, types, ids, metas, data } = record;
    insert.run(count, stream, revision, events, checksum, types, ids, metas, data);
  };
}

interface StreamHeads {
  find(stream: string): StreamHead | undefined;
  create(stream: string): StreamHead;
  /** After a rollback: what is kept may not be so. */
  forget(): void;
}

function createStreamHeads(database: DatabaseSync, reader: LogReader): StreamHeads {
  const kept = new Map<string, StreamHead>();
  const insertStream = database.prepare('INSERT INTO streams (name) VALUES (?)');
  const lastRow = prepareRows(
    database,
    'SELECT revision, events FROM appends WHERE stream = ? ORDER BY revision DESC LIMIT 1',
  );
  const keep = (stream: string, head: StreamHead) => {
    if (kept.size >= headsKept) kept.clear();
    kept.set(stream, head);
    return head;
  };
  return {
    find(stream) {
      const known = kept.get(stream);
      if (known !== undefined) return known;
      const number = reader.streamNumber(stream);
      if (number === undefined) return undefined;
      const row: Row | undefined = lastRow.get(number);
      const revision = row === undefined ? noEvents : integerAt(row, 0) + integerAt(row, 1) - 1;
      return keep(stream, { number, revision });
    },
    create(stream) {
      const { lastInsertRowid } = insertStream.run(stream);
      return keep(stream, { number: Number(lastInsertRowid), revision: noEvents });
    },
    forget: () => kept.clear(),
  };
}

/** The first answer, if exactly these ids stand behind the expected revision. */
function repeatedAppend(reader: LogReader, append: EncodedAppend): Appended | undefined {
  const { stream, ids, expected } = append;
  const there = reader.readStream(stream, { from: expected + 1, limit: ids.length });
  const last = there[ids.length - 1];
  if (last === undefined || ids.some((id, index) => there[index]?.id !== id)) return undefined;
  return { revision: last.revision, position: last.position };
}
