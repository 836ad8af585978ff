import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * A data folder:
 *
 *     version         one line: `tidemark-embedded <format number>`
 *     events.sqlite   the log (with -wal and -shm beside it while it is open)
 *     read-models.sqlite  rows that answer readers; folded again from the log if it is gone
 *     writer.lock     a SQLite file, locked by the writing process as long as it lives
 *     writer.json     who that is, for people
 *     snapshots/      one file per snapshot
 */
export interface DataFolder {
  readonly path: string;
  readonly events: string;
  readonly readModels: string;
  readonly lock: string;
  readonly writer: string;
  readonly snapshots: string;
}

/** Number of the folder's format, raised when an older release could not read it. */
export const formatNumber = 1;

/** The folder was written in a format that this release does not know, or by something else. */
export class FolderRefused extends Error {
  override readonly name = 'FolderRefused';
}

export function dataFolder(path: string): DataFolder {
  return {
    path,
    events: join(path, 'events.sqlite'),
    readModels: join(path, 'read-models.sqlite'),
    lock: join(path, 'writer.lock'),
    writer: join(path, 'writer.json'),
    snapshots: join(path, 'snapshots'),
  };
}

/** Makes the folder, if it is not there, and its version file before any data. */
export function prepareFolder(folder: DataFolder): void {
  makeDurably(folder.snapshots);
  const version = join(folder.path, 'version');
  if (existsSync(version)) return checkFolder(folder);
  if (existsSync(folder.events)) {
    throw new FolderRefused(
      `${folder.path} holds events.sqlite but no version file. Restore it from a backup.`,
    );
  }
  writeDurably(version, `tidemark-embedded ${formatNumber}\n`);
  syncFolder(folder.path);
}

/** @throws FolderRefused for no folder of ours, or one of a newer format. */
export function checkFolder(folder: DataFolder): void {
  const version = join(folder.path, 'version');
  if (!existsSync(version)) {
    throw new FolderRefused(`${folder.path} is not a data folder: it has no version file.`);
  }
  const text = readFileSync(version, 'utf8').trim();
  const found = /^tidemark-embedded (\d{1,9})$/.exec(text)?.[1];
  if (found === undefined) {
    throw new FolderRefused(`${version} says ${JSON.stringify(text)}, which is no format of ours.`);
  }
  if (Number(found) > formatNumber) {
    throw new FolderRefused(
      `${folder.path} has format ${found}; this release knows up to ${formatNumber}. ` +
        'Use the release that wrote it, or a newer one.',
    );
  }
}

/** Makes a folder and those above it that are not there. */
function makeDurably(path: string): void {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return;
  const above = dirname(resolve(first));
  for (let made = dirname(resolve(path)); made.length >= above.length; made = dirname(made)) {
    syncFolder(made);
    if (made === above) return;
  }
}

const draftSuffix = '.tmp';

/** Name under which a file is written before it gets its own. */
export function draftOf(path: string): string {
  return `${path}.${process.pid}${draftSuffix}`;
}

/** Removes what writers that were killed left half written; for the one writer of the folder. */
export function removeDrafts(folder: DataFolder): void {
  for (const path of [folder.path, folder.snapshots]) {
    for (const name of readdirSync(path)) {
      if (name.endsWith(draftSuffix)) rmSync(join(path, name), { force: true });
    }
  }
}

/** Replaces a small file in one step; `syncFolder` then makes the new name last. */
export function writeDurably(path: string, text: string): void {
  const draft = draftOf(path);
  const file = openSync(draft, 'w');
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/** Makes names created in or moved into the folder survive a loss of power. */
export function syncFolder(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
