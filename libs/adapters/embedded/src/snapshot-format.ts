import { crc32 } from 'node:zlib';
import type { IgnoredBecause, Snapshot } from '@tidemark/streams';

/**
 * A snapshot file: the line `tidemark-snapshot 1`, then parts of a length and a CRC-32 (4 bytes
 * each, little-endian) and that many bytes. The first part is the header as JSON, then come the
 * chunks, and last a part that says `end <number of chunks>`: without it the file is torn.
 */
const magic = Buffer.from('tidemark-snapshot 1\n');
const partHeadBytes = 8;

export interface SnapshotHeader {
  readonly name: string;
  readonly position: string;
  readonly schemaVersion: number;
}

/** The file's bytes, piece by piece. */
export function* encodeSnapshot(
  header: SnapshotHeader,
  chunks: Iterable<Uint8Array | string>,
): Generator<Uint8Array, void, void> {
  yield magic;
  yield* encodePart(Buffer.from(JSON.stringify(header)));
  let count = 0;
  for (const chunk of chunks) {
    yield* encodePart(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    count += 1;
  }
  yield* encodePart(Buffer.from(`end ${count}`));
}

function* encodePart(bytes: Uint8Array): Generator<Uint8Array, void, void> {
  const head = Buffer.alloc(partHeadBytes);
  head.writeUInt32LE(bytes.length, 0);
  head.writeUInt32LE(crc32(bytes), 4);
  yield head;
  yield bytes;
}

export type DecodedSnapshot =
  | { readonly ok: true; readonly snapshot: Snapshot }
  | { readonly ok: false; readonly reason: IgnoredBecause; readonly detail: string };

/** Reads a file of `size` bytes by `read(from, length)`; every byte is checked. */
export function decodeSnapshot(
  size: number,
  read: (from: number, length: number) => Uint8Array,
): DecodedSnapshot {
  const start = Buffer.from(read(0, Math.min(size, magic.length)));
  if (start.length < magic.length) return bad('torn', `it ends after ${size} bytes`);
  if (!start.equals(magic)) {
    return bad('otherVersion', `it begins with ${JSON.stringify(start.toString('latin1'))}`);
  }
  const parts: Uint8Array[] = [];
  let at = magic.length;
  while (at < size) {
    if (at + partHeadBytes > size) return bad('torn', `part ${parts.length} has no head`);
    const head = Buffer.from(read(at, partHeadBytes));
    const length = head.readUInt32LE(0);
    at += partHeadBytes;
    if (at + length > size) return bad('torn', `part ${parts.length} ends beyond the file`);
    const bytes = read(at, length);
    if (crc32(bytes) !== head.readUInt32LE(4)) {
      return bad('damaged', `the checksum of part ${parts.length} does not match`);
    }
    parts.push(bytes);
    at += length;
  }
  return assemble(parts);
}

function assemble(parts: readonly Uint8Array[]): DecodedSnapshot {
  const end = Buffer.from(parts.at(-1) ?? []).toString('latin1');
  if (parts.length < 2 || end !== `end ${parts.length - 2}`) return bad('torn', 'it has no end');
  const header = readHeader(Buffer.from(parts[0] ?? []).toString('utf8'));
  if (header === undefined) return bad('damaged', 'its header cannot be read');
  return { ok: true, snapshot: { ...header, chunks: parts.slice(1, -1) } };
}

function readHeader(text: string): SnapshotHeader | undefined {
  const header: unknown = JSON.parse(text);
  if (typeof header !== 'object' || header === null) return undefined;
  if (!('name' in header && 'position' in header && 'schemaVersion' in header)) return undefined;
  const { name, position, schemaVersion } = header;
  if (typeof name !== 'string' || typeof position !== 'string') return undefined;
  return typeof schemaVersion === 'number' ? { name, position, schemaVersion } : undefined;
}

function bad(reason: IgnoredBecause, detail: string): DecodedSnapshot {
  return { ok: false, reason, detail };
}
