import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { writeDurably } from './folder.js';
import { isBusy } from './sqlite-failure.js';
import type { DataFolder } from './folder.js';

/** Another process - or another store of this one - writes to the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

export interface WriterLock {
  release(): void;
}

/**
 * Makes this the only writer of the folder for as long as the process lives. The lock is the
 * operating system's lock on a SQLite file of its own, so it goes with the process, however that
 * ends. The file must not be opened by other means in this process: closing it would unlock it.
 *
 * @throws FolderInUse that says who has it.
 */
export function takeWriterLock(folder: DataFolder): WriterLock {
  const file = new DatabaseSync(folder.lock, { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    file.close();
    if (!isBusy(thrown)) throw thrown;
    throw new FolderInUse(
      `${folder.path} is being written by ${writerOf(folder)}. Stop that one, or open with` +
        ` mode read.`,
    );
  }
  const writer = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  writeDurably(folder.writer, `${JSON.stringify(writer)}\n`);
  return {
    release() {
      if (file.isOpen) file.close();
    },
  };
}

function writerOf(folder: DataFolder): string {
  const unknown = 'a process that has not said who it is yet';
  if (!existsSync(folder.writer)) return unknown;
  try {
    const writer: unknown = JSON.parse(readFileSync(folder.writer, 'utf8'));
    if (typeof writer !== 'object' || writer === null) return unknown;
    if (!('pid' in writer && 'host' in writer && 'since' in writer)) return unknown;
    return `process ${writer.pid} on ${writer.host} since ${writer.since}`;
  } catch {
    return unknown;
  }
}
