import { Outage } from '@tidemark/streams';
import { existsSync } from 'node:fs';
import { openReadingStore, openWritingStore } from './embedded-event-store.js';
import { checkFolder, dataFolder, prepareFolder, removeDrafts, syncFolder } from './folder.js';
import { openReadModelFile } from './read-models/read-model-file.js';
import { openSnapshotFolder } from './snapshot-files.js';
import { takeWriterLock } from './writer-lock.js';
import type { ReadModelShape, ReadModelStore, SnapshotStore } from '@tidemark/streams';
import type { EmbeddedEventStore } from './embedded-event-store.js';
import type { DataFolder } from './folder.js';

export interface EmbeddedOptions {
  /** Where the data lives; made by the first writer. See `DataFolder` for what is in it. */
  readonly folder: string;
  /**
   * `write` (default): one process at a time, until it closes or ends. `read`: any number, beside a
   * writer or without one; appends are refused.
   */
  readonly mode?: 'write' | 'read';
  /** How often a follower at the end of the log looks for more, in mode `read`. Default 20. */
  readonly pollMs?: number;
}

export interface Embedded {
  readonly events: EmbeddedEventStore;
  readonly snapshots: SnapshotStore;
  readonly readModels: ReadModelFile;
  /** Closes the event store and gives the folder back. */
  close(): Promise<void>;
}

/** The read models of a folder. */
export interface ReadModelFile {
  /** False if nobody has made them yet. */
  isThere(): boolean;
  /**
   * Opens or makes them; whoever opens them closes them before the folder. A file that is no
   * database any more is put aside, and `onDamaged` is told where it lies.
   */
  open(shapes: readonly ReadModelShape[], onDamaged?: DamageListener): ReadModelStore;
}

export type DamageListener = (aside: string, failure: unknown) => void;

const defaultPollMs = 20;

/**
 * Opens the embedded stores of a data folder.
 *
 * @throws FolderInUse if another process writes to it, FolderRefused if its format is unknown,
 * Outage if there is nothing to read yet, LogDamaged.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const folder = dataFolder(options.folder);
  return options.mode === 'read'
    ? openForReading(folder, options.pollMs ?? defaultPollMs)
    : openForWriting(folder);
}

function openForWriting(folder: DataFolder): Embedded {
  prepareFolder(folder);
  const lock = takeWriterLock(folder);
  try {
    removeDrafts(folder);
    const events = openWritingStore(folder.events);
    syncFolder(folder.path);
    const close = once(async () => {
      await events.close();
      lock.release();
    });
    return { ...sideStores(folder), events: { ...events, close }, close };
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

function openForReading(folder: DataFolder, pollMs: number): Embedded {
  checkFolder(folder);
  if (!existsSync(folder.events)) {
    throw new Outage('unavailable', `${folder.path} has no log yet. Wait for its writer.`);
  }
  const events = openReadingStore(folder.events, pollMs);
  return { ...sideStores(folder), events, close: () => events.close() };
}

/** What lies beside the log. */
function sideStores(folder: DataFolder): Omit<Embedded, 'events' | 'close'> {
  return {
    snapshots: openSnapshotFolder(folder.snapshots),
    readModels: {
      isThere: () => existsSync(folder.readModels),
      open: (shapes, onDamaged = () => undefined) =>
        openReadModelFile(folder.readModels, shapes, onDamaged),
    },
  };
}
