import { crc32 } from 'node:zlib';
import type { IgnoredBecause, Snapshot } from '@tidemark/streams';

/**
 * A snapshot file: the line `tidemark-snapshot 1`, then parts of a length and a CRC-32 (4 bytes
 * each, little-endian) and that many bytes. The first part is the header as JSON, then come the
 * chunks, and last a part that says `end <number of chunks>`: without it the file is torn. Its
 * CRC-32 begins with `endSeed`, so that no chunk can be taken for it.
 */
const magic = Buffer.from('tidemark-snapshot 1\n');
const partHeadBytes = 8;
const endSeed = 0x656e6421;

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
  yield* encodePart(Buffer.from(`end ${count}`), endSeed);
}

function* encodePart(bytes: Uint8Array, seed = 0): Generator<Uint8Array, void, void> {
  const head = Buffer.alloc(partHeadBytes);
  head.writeUInt32LE(bytes.length, 0);
  head.writeUInt32LE(crc32(bytes, seed), 4);
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
    at += length;
    const checksum = head.readUInt32LE(4);
    if (checksum === crc32(bytes, endSeed)) {
      return at === size ? assemble(parts, bytes) : bad('damaged', 'it goes on after its end');
    }
    if (checksum !== crc32(bytes)) {
      return bad('damaged', `the checksum of part ${parts.length} does not match`);
    }
    parts.push(bytes);
  }
  return bad('torn', 'it has no end');
}

function assemble(parts: readonly Uint8Array[], end: Uint8Array): DecodedSnapshot {
  const [head, ...chunks] = parts;
  if (head === undefined || Buffer.from(end).toString('latin1') !== `end ${chunks.length}`) {
    return bad('damaged', `its end does not fit its ${chunks.length} chunks`);
  }
  const header = readHeader(Buffer.from(head).toString('utf8'));
  if (header === undefined) return bad('damaged', 'its header cannot be read');
  return { ok: true, snapshot: { ...header, chunks } };
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
