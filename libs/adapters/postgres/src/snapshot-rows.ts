import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { checkSnapshotName, reasonToIgnore, snapshotsKept } from '@tidemark/streams';
import type { IgnoredSnapshot, LoadOptions, Snapshot, SnapshotFound } from '@tidemark/streams';
import type { SnapshotStore, SnapshotToSave } from '@tidemark/streams';
import type { PoolClient } from 'pg';
import { inTransaction } from './connections.js';
import type { Connections } from './connections.js';

// A chunk is cut in pieces, one row each; a statement writes or reads a few of them.
const pieceBytes = 1_000_000;
const piecesAtOnce = 8;

// A snapshot is large: its call may take longer than others.
const snapshotMs = 120_000;

/** Snapshots as rows, each piece with its CRC-32, saved in one transaction. */
export function createSnapshotStore(connections: Connections): SnapshotStore {
  const { schema } = connections.settings;
  return {
    async save(snapshot) {
      checkSnapshotName(snapshot.name);
      const call = { doing: `Saving snapshot ${snapshot.name}`, writes: true, ms: snapshotMs };
      await connections.use(call, (client) =>
        inTransaction(client, 'BEGIN', () => save(client, schema, snapshot)),
      );
    },
    async load(name, options) {
      checkSnapshotName(name);
      const call = { doing: `Loading snapshots of ${name}`, ms: snapshotMs };
      // One moment, or a snapshot that was listed is deleted before its pieces are read.
      return connections.use(call, (client) =>
        inTransaction(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', () =>
          load(client, schema, { name, options }),
        ),
      );
    },
  };
}

/** The name may hold characters that a text column cannot. */
function keyOf(name: string): Buffer {
  return createHash('sha256').update(name, 'utf16le').digest();
}

interface Piece {
  readonly chunk: number;
  readonly bytes: Buffer;
}

/** The pieces of all chunks in order; an empty chunk is one empty piece. */
function* piecesOf(chunks: Iterable<Uint8Array | string>): Generator<Piece, void, void> {
  let chunk = 0;
  for (const one of chunks) {
    const bytes = typeof one === 'string' ? Buffer.from(one) : Buffer.from(one);
    for (let at = 0; at === 0 || at < bytes.length; at += pieceBytes) {
      yield { chunk, bytes: bytes.subarray(at, at + pieceBytes) };
    }
    chunk += 1;
  }
}

async function save(client: PoolClient, schema: string, snapshot: SnapshotToSave): Promise<void> {
  const { name, position, schemaVersion, chunks } = snapshot;
  const { rows } = await client.query<{ number: string }>(
    `INSERT INTO ${schema}.snapshots (key, name, position, schema_version, chunks, pieces)
      VALUES ($1, $2, $3, $4, 0, 0) RETURNING number`,
    [keyOf(name), JSON.stringify(name), position, schemaVersion],
  );
  const number = rows[0]?.number;
  let count = 0;
  let chunkCount = 0;
  let waiting: Piece[] = [];
  const write = async () => {
    await client.query(
      `INSERT INTO ${schema}.snapshot_pieces (snapshot, number, chunk, checksum, bytes)
        SELECT $1, $2 + p.n, p.chunk, p.checksum, p.bytes
        FROM unnest($3::integer[], $4::bigint[], $5::bytea[]) WITH ORDINALITY
          AS p (chunk, checksum, bytes, n)`,
      [
        number,
        count,
        waiting.map(({ chunk }) => chunk),
        waiting.map(({ bytes }) => crc32(bytes)),
        waiting.map(({ bytes }) => bytes),
      ],
    );
    count += waiting.length;
    waiting = [];
  };
  for (const piece of piecesOf(chunks)) {
    waiting.push(piece);
    chunkCount = piece.chunk + 1;
    if (waiting.length === piecesAtOnce) await write();
  }
  if (waiting.length > 0) await write();
  await client.query(`UPDATE ${schema}.snapshots SET chunks = $2, pieces = $3 WHERE number = $1`, [
    number,
    chunkCount,
    count,
  ]);
  await client.query(
    `DELETE FROM ${schema}.snapshots WHERE key = $1 AND number NOT IN (
      SELECT number FROM ${schema}.snapshots WHERE key = $1 ORDER BY number DESC LIMIT $2)`,
    [keyOf(name), snapshotsKept],
  );
}

interface Header {
  readonly number: string;
  readonly position: string;
  readonly schema_version: string;
  readonly chunks: number;
  readonly pieces: number;
}

async function load(
  client: PoolClient,
  schema: string,
  { name, options }: { readonly name: string; readonly options: LoadOptions },
): Promise<SnapshotFound> {
  const { rows } = await client.query<Header>(
    `SELECT number, position, schema_version, chunks, pieces FROM ${schema}.snapshots
      WHERE key = $1 ORDER BY number DESC`,
    [keyOf(name)],
  );
  const ignored: IgnoredSnapshot[] = [];
  for (const header of rows) {
    const { number, position } = header;
    const which = `Snapshot ${number} at ${position}`;
    const schemaVersion = Number(header.schema_version);
    const why = reasonToIgnore({ position, schemaVersion }, options);
    const read = why ?? (await readChunks(client, schema, header));
    if ('chunks' in read) {
      const snapshot: Snapshot = { name, position, schemaVersion, chunks: read.chunks };
      return { snapshot, ignored };
    }
    ignored.push({ ...read, detail: `${which}: ${read.detail}.` });
  }
  return { snapshot: undefined, ignored };
}

interface PieceRow {
  readonly number: number;
  readonly chunk: number;
  readonly checksum: string;
  readonly bytes: Buffer;
}

/** Every byte is checked. */
async function readChunks(
  client: PoolClient,
  schema: string,
  header: Header,
): Promise<{ readonly chunks: readonly Uint8Array[] } | IgnoredSnapshot> {
  const chunks: Buffer[][] = Array.from({ length: header.chunks }, () => []);
  let read = 0;
  for (;;) {
    const { rows } = await client.query<PieceRow>(
      `SELECT number, chunk, checksum, bytes FROM ${schema}.snapshot_pieces
        WHERE snapshot = $1 AND number > $2 ORDER BY number LIMIT ${piecesAtOnce}`,
      [header.number, read],
    );
    if (rows.length === 0) break;
    for (const { number, chunk, checksum, bytes } of rows) {
      read += 1;
      if (number !== read) return { reason: 'torn', detail: `piece ${read} is missing` };
      if (crc32(bytes) !== Number(checksum) || chunks[chunk] === undefined) {
        return { reason: 'damaged', detail: `the checksum of piece ${number} does not match` };
      }
      chunks[chunk].push(bytes);
    }
  }
  if (read === header.pieces) return { chunks: chunks.map((pieces) => Buffer.concat(pieces)) };
  return { reason: 'torn', detail: `it has ${read} of its ${header.pieces} pieces` };
}
