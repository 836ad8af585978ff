import { readLimits } from '@tidemark/streams';
import { recordColumns } from './log-rows.js';

/** Most rows of one read. */
export const rowsMax = 1_000;

// Rows that a filtered read looks at, so that it takes milliseconds however rare the events are
// that it looks for.
const windowRows = 20_000;

// The number of the oldest transaction that is running: below it nothing can come any more.
const settled = 'pg_snapshot_xmin(pg_current_snapshot())';

/** $1 is the epoch. */
const headOf = (schema: string) => `
  SELECT epoch, xid, last FROM ${schema}.appends
  WHERE (epoch, xid) < ($1::smallint, ${settled})
  ORDER BY epoch DESC, xid DESC, last DESC LIMIT 1`;

const hiddenIn = (schema: string) =>
  `EXISTS (SELECT 1 FROM ${schema}.appends WHERE (epoch, xid) >= ($1::smallint, ${settled}))`;

/** The head in three columns, and whether something lies behind it. */
export const headQuery = (schema: string) => `
  SELECT h.epoch, h.xid::text, h.last, ${hiddenIn(schema)}
  FROM (SELECT 1) one LEFT JOIN (${headOf(schema)}) h ON true`;

/** Rows up to the limit ($2), each known by what comes before it, in events wanted and bytes. */
const bounded = (rows: string, order: string, wanted = 'r.events') => `
  SELECT * FROM (
    SELECT r.*, sum(${wanted}) OVER w - (${wanted}) AS events_before,
      sum(r.size) OVER w - r.size AS size_before
    FROM (${rows}) r WINDOW w AS (ORDER BY ${order} ROWS UNBOUNDED PRECEDING)
  ) b WHERE b.events_before < $2 AND b.size_before < ${readLimits.bytes}`;

/**
 * The next rows after ($3, $4, $5), of streams that begin with one of $6 if `filtered`; with each
 * the head, the edge up to which rows were looked at, and whether something lies behind the head.
 */
export function stretchQuery(schema: string, filtered: boolean): string {
  const after = '(a.epoch, a.xid, a.last) > ($3::smallint, $4::text::xid8, $5::integer)';
  const window = `
    SELECT a.epoch, a.xid, a.last FROM ${schema}.appends a, head h
    WHERE ${after} AND (a.epoch, a.xid, a.last) <= (h.epoch, h.xid, h.last)
    ORDER BY a.epoch, a.xid, a.last OFFSET ${windowRows - 1} LIMIT 1`;
  const edge = filtered
    ? `SELECT * FROM far UNION ALL SELECT * FROM head WHERE NOT EXISTS (SELECT 1 FROM far)`
    : 'SELECT * FROM head';
  const asked = 'AND EXISTS (SELECT 1 FROM unnest($6::text[]) p WHERE starts_with(a.stream, p))';
  const rows = `
    SELECT a.* FROM ${schema}.appends a
    WHERE ${after} AND (a.epoch, a.xid, a.last) <= (e.epoch, e.xid, e.last)
      ${filtered ? asked : ''}
    ORDER BY a.epoch, a.xid, a.last LIMIT ${rowsMax}`;
  return `
    WITH head AS (${headOf(schema)}), ${filtered ? `far AS (${window}),` : ''} edge AS (${edge})
    SELECT ${recordColumns}, a.size, h.epoch, h.xid::text, h.last, e.epoch, e.xid::text, e.last,
      ${hiddenIn(schema)}
    FROM (SELECT 1) one LEFT JOIN head h ON true LEFT JOIN edge e ON true
      LEFT JOIN LATERAL (${bounded(rows, 'r.epoch, r.xid, r.last')}) a ON true
    ORDER BY a.epoch, a.xid, a.last`;
}

/** Rows of stream $1 that hold events from revision $3 on, or back from there. */
export function streamQuery(schema: string, backwards: boolean): string {
  const from = backwards
    ? 'a.revision <= $3'
    : `a.revision >= coalesce((SELECT max(revision) FROM ${schema}.appends
        WHERE stream = $1 AND revision <= $3), 0)`;
  const order = backwards ? 'revision DESC' : 'revision';
  const wanted = backwards
    ? 'least(r.events, $3 - r.revision + 1)'
    : 'least(r.events, r.revision + r.events - $3)';
  const rows = `
    SELECT a.* FROM ${schema}.appends a WHERE a.stream = $1 AND ${from}
    ORDER BY a.${order} LIMIT ${rowsMax}`;
  const page = bounded(rows, `r.${order}`, wanted);
  return `SELECT ${recordColumns} FROM (${page}) a ORDER BY a.${order}`.replaceAll(
    '$3',
    '$3::bigint',
  );
}

/**
 * Writes the appends given as columns that fit behind the end of their stream, as this statement's
 * snapshot sees it, and returns them. The snapshot is taken before the transaction gets its number,
 * so what it sees has lower numbers: the log keeps the order of every stream. A writer that is
 * still under way is met at the constraint, and the later of the two writes nothing.
 */
export const appendQuery = (schema: string) => `
  WITH given AS (
    SELECT * FROM unnest($2::text[], $3::bigint[], $4::integer[], $5::integer[], $6::bigint[],
      $7::text[], $8::text[], $9::text[], $10::text[]) WITH ORDINALITY
      AS g (stream, revision, events, size, checksum, types, ids, metas, data, n)
  ), fitting AS (
    SELECT g.*, sum(g.events) OVER (ORDER BY g.n) AS last FROM given g
      LEFT JOIN LATERAL (
        SELECT a.revision + a.events AS next FROM ${schema}.appends a
        WHERE a.stream = g.stream ORDER BY a.revision DESC LIMIT 1
      ) h ON true
    WHERE coalesce(h.next, 0) = g.revision
  )
  INSERT INTO ${schema}.appends
    (epoch, xid, last, stream, revision, events, size, checksum, types, ids, metas, data)
  SELECT $1::smallint, pg_current_xact_id(), last, stream, revision, events, size, checksum,
    types, ids, metas, data
  FROM fitting ORDER BY stream
  ON CONFLICT ON CONSTRAINT appends_by_stream DO NOTHING
  RETURNING stream, xid::text, last`;
