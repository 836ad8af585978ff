import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { fstatSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { comparePositions, Outage, snapshotsKept } from '@tidemark/streams';
import { syncFolder } from './folder.js';
import { decodeSnapshot, encodeSnapshot } from './snapshot-format.js';
import type { IgnoredSnapshot, LoadOptions, Snapshot } from '@tidemark/streams';
import type { SnapshotFound, SnapshotStore, SnapshotToSave } from '@tidemark/streams';
import type { DecodedSnapshot } from './snapshot-format.js';

/**
 * Snapshots as files `<hash of the name>-<number>.snapshot`; the highest number is the newest. One
 * writer per name at a time.
 */
export function openSnapshotFolder(path: string): SnapshotStore {
  return {
    async save(snapshot) {
      checkName(snapshot.name);
      try {
        await mkdir(path, { recursive: true });
        await saveFile(path, snapshot);
      } catch (cause) {
        const message = `Snapshot ${snapshot.name} was not written to ${path}: ${String(cause)}.`;
        throw new Outage('inputOutput', `${message} The earlier ones stay.`, { cause });
      }
    },
    async load(name, options) {
      checkName(name);
      const files = await filesOf(path, name);
      return newestUsable(
        files.map((file) => join(path, file)),
        name,
        options,
      );
    },
  };
}

const nameLengthMax = 256;

function checkName(name: string): void {
  if (name.length > 0 && name.length <= nameLengthMax) return;
  throw new RangeError(
    `The snapshot name has ${name.length} characters; it must have 1 to ${nameLengthMax}.`,
  );
}

const suffix = '.snapshot';

/** Files of a name, newest first. */
async function filesOf(path: string, name: string): Promise<string[]> {
  const prefix = `${keyOf(name)}-`;
  const all = await readdir(path).catch((thrown: unknown): string[] => {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return [];
    throw new Outage('inputOutput', `${path} cannot be read: ${String(thrown)}.`);
  });
  return all
    .filter((file) => file.startsWith(prefix) && file.endsWith(suffix))
    .toSorted()
    .toReversed();
}

function keyOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

async function saveFile(path: string, snapshot: SnapshotToSave): Promise<void> {
  const { name, position, schemaVersion, chunks } = snapshot;
  const older = await filesOf(path, name);
  const newest = /-(\d+)\.snapshot$/.exec(older[0] ?? '')?.[1] ?? '0';
  const number = String(Number(newest) + 1).padStart(12, '0');
  const file = `${keyOf(name)}-${number}${suffix}`;
  const temporary = join(path, `${file}.${process.pid}.tmp`);
  await writeFileDurably(temporary, encodeSnapshot({ name, position, schemaVersion }, chunks));
  await rename(temporary, join(path, file));
  syncFolder(path);
  for (const old of older.slice(snapshotsKept - 1)) await rm(join(path, old), { force: true });
}

async function writeFileDurably(path: string, pieces: Iterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } catch (thrown) {
    await rm(path, { force: true });
    throw thrown;
  } finally {
    await file.close();
  }
}

function newestUsable(paths: readonly string[], name: string, options: LoadOptions): SnapshotFound {
  const ignored: IgnoredSnapshot[] = [];
  for (const path of paths) {
    const decoded = decodeFile(path);
    if (!decoded.ok) {
      ignored.push({ reason: decoded.reason, detail: `${path}: ${decoded.detail}.` });
      continue;
    }
    const why = reasonToIgnore(decoded.snapshot, name, options);
    if (why === undefined) return { snapshot: decoded.snapshot, ignored };
    ignored.push({ ...why, detail: `${path}: ${why.detail}.` });
  }
  return { snapshot: undefined, ignored };
}

function decodeFile(path: string): DecodedSnapshot {
  const file = openSync(path, 'r');
  try {
    return decodeSnapshot(fstatSync(file).size, (from, length) => {
      const bytes = Buffer.alloc(length);
      const read = readSync(file, bytes, 0, length, from);
      return bytes.subarray(0, read);
    });
  } catch (thrown) {
    return { ok: false, reason: 'damaged', detail: String(thrown) };
  } finally {
    closeSync(file);
  }
}

function reasonToIgnore(
  snapshot: Snapshot,
  name: string,
  { schemaVersion, head }: LoadOptions,
): IgnoredSnapshot | undefined {
  if (snapshot.name !== name) {
    return { reason: 'damaged', detail: `it is a snapshot of ${snapshot.name}` };
  }
  if (snapshot.schemaVersion !== schemaVersion) {
    const detail = `it has schema ${snapshot.schemaVersion}, wanted ${schemaVersion}`;
    return { reason: 'otherVersion', detail };
  }
  if (head !== undefined && comparePositions(snapshot.position, head) > 0) {
    const detail = `it is at ${snapshot.position}, the log ends at ${head}`;
    return { reason: 'aheadOfLog', detail };
  }
  return undefined;
}
