import { checkReadLimit, countOfPosition, LogDamaged } from '@tidemark/streams';
import { positionOfCount, readLimits } from '@tidemark/streams';
import { prepareRows } from './database.js';
import { eventsOfRecord } from './record.js';
import { integerAt, recordColumns, recordOfRow } from './rows.js';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Batch, ReadAllOptions, ReadStreamOptions, StoredEvent } from '@tidemark/streams';
import type { AppendRecord } from './record.js';
import type { Row } from './rows.js';

/** Synchronous reading of the log. */
export interface LogReader {
  /** Number of events in the log. */
  count(): number;
  readAll(wanted: ReadAllOptions): Batch;
  readStream(stream: string, wanted: ReadStreamOptions): StoredEvent[];
  /** Number of the stream, if it has ever been appended to. */
  streamNumber(stream: string): number | undefined;
  /** All records in order; checks nothing. */
  records(): Iterable<AppendRecord>;
}

// A filtered read looks at no more than this many events at once, so that it blocks for a few
// milliseconds however rare the events are that it looks for.
const windowEvents = 20_000;

const joinedAppends = 'FROM appends a LEFT JOIN streams s ON s.id = a.stream';

export function createLogReader(database: DatabaseSync): LogReader {
  const lastRow = prepareRows(
    database,
    'SELECT position, events FROM appends ORDER BY position DESC LIMIT 1',
  );
  const streamRow = prepareRows(database, 'SELECT id FROM streams WHERE name = ?');
  const forwards = prepareRows(
    database,
    `SELECT ${recordColumns} ${joinedAppends} WHERE a.stream = ?1 AND a.revision >= coalesce(
      (SELECT max(revision) FROM appends WHERE stream = ?1 AND revision <= ?2), 0)
      ORDER BY a.revision`,
  );
  const backwards = prepareRows(
    database,
    `SELECT ${recordColumns} ${joinedAppends} WHERE a.stream = ? AND a.revision <= ?
      ORDER BY a.revision DESC`,
  );
  const everything = prepareRows(
    database,
    `SELECT ${recordColumns} ${joinedAppends} ORDER BY a.position`,
  );
  const stretches = createStretches(database);
  const reader: LogReader = {
    count() {
      const row: Row | undefined = lastRow.get();
      return row === undefined ? 0 : integerAt(row, 0) + integerAt(row, 1) - 1;
    },
    streamNumber(stream) {
      const row: Row | undefined = streamRow.get(stream);
      return row === undefined ? undefined : integerAt(row, 0);
    },
    readStream(stream, { from, limit, direction }) {
      checkReadLimit(limit);
      const number = reader.streamNumber(stream);
      if (number === undefined) return [];
      if (direction === 'backwards') {
        const last = from ?? Number.MAX_SAFE_INTEGER;
        return last < 0 ? [] : takeBackwards(backwards.iterate(number, last), last, limit);
      }
      const first = Math.max(0, from ?? 0);
      return takeForwards(forwards.iterate(number, first), first, limit);
    },
    readAll: (wanted) => readStretch(wanted, reader.count(), stretches),
    *records() {
      for (const row of everything.iterate()) yield recordOfRow(row);
    },
  };
  return reader;
}

type Stretches = (
  prefixes: readonly string[] | undefined,
) => (first: number, last: number) => Iterable<Row>;

/** Statements by number of prefixes; the name decides before the large columns are touched. */
function createStretches(database: DatabaseSync): Stretches {
  const statements = new Map<number, StatementSync>();
  const prepare = (prefixes: number) => {
    const tests = Array.from({ length: prefixes }, () => 'substr(s.name, 1, ?) = ?').join(' OR ');
    return prepareRows(
      database,
      `SELECT ${recordColumns} ${joinedAppends} WHERE a.position >= coalesce(
        (SELECT max(position) FROM appends WHERE position <= ?), 0) AND a.position <= ?
        ${prefixes === 0 ? '' : `AND (s.name IS NULL OR ${tests})`} ORDER BY a.position`,
    );
  };
  return (prefixes) => {
    const count = prefixes?.length ?? 0;
    const statement = statements.get(count) ?? prepare(count);
    statements.set(count, statement);
    // SQLite counts code points.
    const values = (prefixes ?? []).flatMap((prefix) => [Array.from(prefix).length, prefix]);
    return (first, last) => statement.iterate(first, last, ...values);
  };
}

function readStretch(wanted: ReadAllOptions, total: number, stretches: Stretches): Batch {
  const { after, limit, streamPrefixes } = wanted;
  checkReadLimit(limit);
  const start = countAfter(after);
  const filtered = streamPrefixes !== undefined;
  const window = filtered ? Math.min(total, start + windowEvents) : total;
  const events: StoredEvent[] = [];
  const nothingWanted = filtered && streamPrefixes.length === 0;
  let through = start;
  let units = 0;
  for (const row of nothingWanted ? [] : stretches(streamPrefixes)(start + 1, window)) {
    const record = recordOfRow(row);
    if (!filtered) checkNext(record, through);
    const found = eventsOfRecord(record);
    const skipped = Math.max(0, start + 1 - record.count);
    const taken = Math.min(found.length - skipped, limit - events.length);
    for (let index = skipped; index < skipped + taken; index += 1) {
      const event = found[index];
      if (event !== undefined) events.push(event);
    }
    if (taken > 0) through = record.count + skipped + taken - 1;
    units += record.data.length + record.metas.length;
    if (events.length >= limit || units >= readLimits.bytes) {
      return { events, through: positionOfCount(through), atHead: through >= total };
    }
  }
  through = Math.max(through, window);
  return { events, through: positionOfCount(through), atHead: through >= total };
}

/** Positions have no gaps: a row that is missing shows here. */
function checkNext(record: AppendRecord, through: number): void {
  if (record.count <= through + 1) return;
  const position = positionOfCount(through + 1);
  throw new LogDamaged(
    `The log has no record at position ${position}; the next is at ` +
      `${positionOfCount(record.count)}. Restore the folder from a backup.`,
    { position },
  );
}

function takeForwards(rows: Iterable<Row>, first: number, limit: number): StoredEvent[] {
  const events: StoredEvent[] = [];
  let next = first;
  let units = 0;
  for (const row of rows) {
    const record = recordOfRow(row);
    checkNextRevision(record, next);
    for (const event of eventsOfRecord(record)) {
      if (event.revision < first || events.length >= limit) continue;
      events.push(event);
    }
    next = record.revision + record.events;
    units += record.data.length + record.metas.length;
    if (events.length >= limit || units >= readLimits.bytes) break;
  }
  return events;
}

function checkNextRevision(record: AppendRecord, next: number): void {
  if (record.revision <= next) return;
  const position = positionOfCount(record.count);
  throw new LogDamaged(
    `${record.stream} has no revision ${next}; the next is ${record.revision} at position ` +
      `${position}. Restore the folder from a backup.`,
    { position },
  );
}

function takeBackwards(rows: Iterable<Row>, last: number, limit: number): StoredEvent[] {
  const events: StoredEvent[] = [];
  let units = 0;
  for (const row of rows) {
    const record = recordOfRow(row);
    for (const event of eventsOfRecord(record).toReversed()) {
      if (event.revision > last || events.length >= limit) continue;
      events.push(event);
    }
    units += record.data.length + record.metas.length;
    if (events.length >= limit || units >= readLimits.bytes) break;
  }
  return events;
}

export function countAfter(after = ''): number {
  const count = countOfPosition(after);
  if (count === undefined) {
    throw new RangeError(`${after} is not a position of this store. Translate it first.`);
  }
  return count;
}
