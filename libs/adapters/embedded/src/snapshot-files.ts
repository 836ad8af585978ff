import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { fstatSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSnapshotName, Outage, reasonToIgnore, snapshotsKept } from '@tidemark/streams';
import { draftOf, syncFolder } from './folder.js';
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
      checkSnapshotName(snapshot.name);
      try {
        await mkdir(path, { recursive: true });
        await saveFile(path, snapshot);
      } catch (cause) {
        const message = `Snapshot ${snapshot.name} was not written to ${path}: ${String(cause)}.`;
        throw new Outage('inputOutput', `${message} The earlier ones stay.`, { cause });
      }
    },
    async load(name, options) {
      checkSnapshotName(name);
      for (let attempt = 1; ; attempt += 1) {
        const found = newestUsable(await filesOf(path, name), name, options);
        if (found !== undefined) return found;
        if (attempt === attemptsMax) {
          throw new Outage('unavailable', `Snapshots of ${name} are being replaced. Try again.`);
        }
      }
    },
  };
}

// A file that was listed may be gone when it is read, because a writer has saved two newer ones.
const attemptsMax = 5;

const suffix = '.snapshot';

/** Paths of a name's files, newest first. */
async function filesOf(path: string, name: string): Promise<string[]> {
  const prefix = `${keyOf(name)}-`;
  const all = await readdir(path).catch((thrown: unknown): string[] => {
    if (isMissing(thrown)) return [];
    throw new Outage('inputOutput', `${path} cannot be read: ${String(thrown)}.`);
  });
  return all
    .filter((file) => file.startsWith(prefix) && file.endsWith(suffix))
    .toSorted()
    .toReversed()
    .map((file) => join(path, file));
}

function isMissing(thrown: unknown): boolean {
  return (
    typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ENOENT'
  );
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
  const draft = draftOf(join(path, file));
  await writeFileDurably(draft, encodeSnapshot({ name, position, schemaVersion }, chunks));
  await rename(draft, join(path, file));
  syncFolder(path);
  for (const old of older.slice(snapshotsKept - 1)) await rm(old, { force: true });
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

/** Undefined if a file has gone meanwhile. */
function newestUsable(
  paths: readonly string[],
  name: string,
  options: LoadOptions,
): SnapshotFound | undefined {
  const ignored: IgnoredSnapshot[] = [];
  for (const path of paths) {
    const decoded = decodeFile(path);
    if (decoded === undefined) return undefined;
    if (!decoded.ok) {
      ignored.push({ reason: decoded.reason, detail: `${path}: ${decoded.detail}.` });
      continue;
    }
    const { snapshot } = decoded;
    const why = otherName(snapshot, name) ?? reasonToIgnore(snapshot, options);
    if (why === undefined) return { snapshot, ignored };
    ignored.push({ ...why, detail: `${path}: ${why.detail}.` });
  }
  return { snapshot: undefined, ignored };
}

function decodeFile(path: string): DecodedSnapshot | undefined {
  const file = openIfThere(path);
  if (file === undefined) return undefined;
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

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw new Outage('inputOutput', `${path} cannot be read: ${String(thrown)}.`);
  }
}

/** Two names with one hash, or a file that was renamed. */
function otherName(snapshot: Snapshot, name: string): IgnoredSnapshot | undefined {
  if (snapshot.name === name) return undefined;
  return { reason: 'damaged', detail: `it is a snapshot of ${snapshot.name}` };
}
