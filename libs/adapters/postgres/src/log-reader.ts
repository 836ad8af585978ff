import { checkReadLimit, LogDamaged, origin, readLimits } from '@tidemark/streams';
import type { Batch, Position, ReadAllOptions, ReadStreamOptions } from '@tidemark/streams';
import type { StoredEvent } from '@tidemark/streams';
import type { ClientBase } from 'pg';
import { eventsOf } from './append-record.js';
import type { AppendRecord } from './append-record.js';
import { placeOf, positionOf } from './log-place.js';
import { headQuery, rowsMax, streamQuery, stretchQuery } from './log-queries.js';
import { integerAt, recordAt, recordColumnCount, textAt } from './log-rows.js';
import type { Values } from './log-rows.js';

/** Where the log ends for readers. */
export interface Head {
  /** Position of the last event that has its place for good. */
  readonly head: Position;
  /** Something lies behind the head whose place is not settled: see `LogPlace`. */
  readonly hidden: boolean;
}

export type Stretch = Batch & Head;

export interface LogReader {
  head(client: ClientBase): Promise<Head>;
  readAll(client: ClientBase, wanted: ReadAllOptions): Promise<Stretch>;
  readStream(client: ClientBase, stream: string, wanted: ReadStreamOptions): Promise<StoredEvent[]>;
}

export function createLogReader(schema: string, epoch: number): LogReader {
  const texts = {
    head: headQuery(schema),
    all: stretchQuery(schema, false),
    filtered: stretchQuery(schema, true),
    forwards: streamQuery(schema, false),
    backwards: streamQuery(schema, true),
  };
  const ask = async (client: ClientBase, what: keyof typeof texts, values: unknown[]) => {
    const name = `${schema}-${what}`;
    const query = { name, text: texts[what], values, rowMode: 'array' as const };
    const { rows } = await client.query<unknown[]>(query);
    return rows;
  };
  return {
    async head(client) {
      const [row = []] = await ask(client, 'head', [epoch]);
      return { head: positionIn(row, 0), hidden: row[3] === true };
    },
    async readAll(client, { after = origin, limit, streamPrefixes }) {
      checkReadLimit(limit);
      const place = placeOf(after);
      const values = [epoch, limit, place.epoch, place.xid, place.number];
      const rows =
        streamPrefixes === undefined
          ? await ask(client, 'all', values)
          : await ask(client, 'filtered', [...values, streamPrefixes]);
      return stretchOf(rows, after, limit);
    },
    async readStream(client, stream, { from, limit, direction }) {
      checkReadLimit(limit);
      if (direction === 'backwards') {
        const last = from ?? Number.MAX_SAFE_INTEGER;
        if (last < 0) return [];
        const rows = await ask(client, 'backwards', [stream, limit, last]);
        return takeBackwards(rows, last, limit);
      }
      const first = Math.max(0, from ?? 0);
      const rows = await ask(client, 'forwards', [stream, limit, first]);
      return takeForwards(rows, first, limit);
    },
  };
}

// Behind the columns of a record: its size, then head and edge in three columns each, then hidden.
const sizeColumn = recordColumnCount;
const headColumn = sizeColumn + 1;
const edgeColumn = headColumn + 3;
const hiddenColumn = edgeColumn + 3;

function stretchOf(rows: readonly Values[], after: Position, limit: number): Stretch {
  const [first = []] = rows;
  const head = positionIn(first, headColumn);
  const edge = positionIn(first, edgeColumn);
  const hidden = first[hiddenColumn] === true;
  const found = first[0] === null ? [] : rows;
  const events: StoredEvent[] = [];
  let counted = 0;
  let size = 0;
  for (const row of found) {
    const record = recordAt(row);
    counted += record.events;
    size += integerAt(row, sizeColumn);
    for (const event of eventsOf(record)) {
      if (event.position > after && events.length < limit) events.push(event);
    }
  }
  const cut = counted >= limit || size >= readLimits.bytes || found.length >= rowsMax;
  const last = events.at(-1)?.position ?? after;
  const through = cut ? last : later(later(last, edge), after);
  return { events, through, atHead: through >= head, head, hidden };
}

function later(left: Position, right: Position): Position {
  return left > right ? left : right;
}

/** Three columns as a position; null if the log is empty. */
function positionIn(row: Values, column: number): Position {
  if (row[column] === null || row[column] === undefined) return origin;
  return positionOf({
    epoch: integerAt(row, column),
    xid: textAt(row, column + 1),
    number: integerAt(row, column + 2),
  });
}

function takeForwards(rows: readonly Values[], first: number, limit: number): StoredEvent[] {
  const events: StoredEvent[] = [];
  let next = first;
  for (const row of rows) {
    const record = recordAt(row);
    checkNext(record, next);
    next = record.revision + record.events;
    for (const event of eventsOf(record)) {
      if (event.revision >= first && events.length < limit) events.push(event);
    }
  }
  return events;
}

/** Revisions have no gaps: a row that is missing shows here. */
function checkNext(record: AppendRecord, next: number): void {
  if (record.revision <= next) return;
  const { epoch, xid, last, events, stream, revision } = record;
  const position = positionOf({ epoch, xid, number: last - events + 1 });
  throw new LogDamaged(
    `${stream} has no revision ${next}; the next is ${revision} at position ${position}. ` +
      'Restore the database from a backup.',
    { position },
  );
}

function takeBackwards(rows: readonly Values[], last: number, limit: number): StoredEvent[] {
  const events: StoredEvent[] = [];
  for (const row of rows) {
    for (const event of eventsOf(recordAt(row)).toReversed()) {
      if (event.revision <= last && events.length < limit) events.push(event);
    }
  }
  return events;
}
