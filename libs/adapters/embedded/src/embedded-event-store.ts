import { createBell, encodeAppend, followLog, Outage, positionOfCount } from '@tidemark/streams';
import { StoreClosed } from '@tidemark/streams';
import { openToRead, openToWrite } from './database.js';
import { createGroupCommit } from './group-commit.js';
import { createLogReader } from './log-reader.js';
import { createLogWriter } from './log-writer.js';
import { createRecentRecords } from './recent.js';
import { failureOf } from './sqlite-failure.js';
import { createPollingBell } from './polling-bell.js';
import { verifyLog } from './verify.js';
import type { DatabaseSync } from 'node:sqlite';
import type { Batch, Bell, EventStore, ReadAllOptions } from '@tidemark/streams';
import type { LogReader } from './log-reader.js';
import type { Verification } from './verify.js';

export interface EmbeddedEventStore extends EventStore {
  /** Reads and checks the whole log; see `verifyLog`. Blocks for about 2 s per million events. */
  verify(): Promise<Verification>;
  /** The log may not grow beyond this; appends then fail as on a full disk. */
  limitSize(bytes: number): void;
}

const store = 'The embedded event store';

// Pages of the write-ahead file between two checkpoints: each then takes a few milliseconds.
const checkpointPages = 1_000;
const pageBytes = 4_096;
// An insert touches about this many pages beside those of the texts.
const pagesPerAppend = 2;

export function openWritingStore(path: string): EmbeddedEventStore {
  const database = guard('Opening the log', () => openToWrite(path));
  const reader = guard('Opening the log', () => createLogReader(database));
  const writer = guard('Opening the log', () => createLogWriter(database, reader));
  const recent = createRecentRecords();
  const bell = createBell();
  let pages = 0;

  const commits = createGroupCommit((group) => {
    const { outcomes, written } = writer.commit(group);
    recent.add(written);
    bell.ring();
    for (const { data } of written) pages += data.length / pageBytes + pagesPerAppend;
    if (pages > checkpointPages) setImmediate(checkpoint);
    return outcomes;
  });

  function checkpoint(): void {
    if (pages <= checkpointPages || bell.silenced) return;
    pages = 0;
    try {
      writer.checkpoint();
    } catch (thrown) {
      // A full disk or a busy file is met again at the next checkpoint.
      if (thrown instanceof Outage && !thrown.fatal) return;
      commits.refuse(fatalOutage(thrown));
    }
  }

  const readAll = async (wanted: ReadAllOptions) => recent.read(wanted) ?? reader.readAll(wanted);
  return {
    ...readingOf(database, { reader, bell, readAll }),
    hasSoleWriter: true,
    async append(stream, events, expected) {
      checkOpen(bell);
      return commits.append(encodeAppend(stream, events, expected));
    },
    async close() {
      if (bell.silenced) return;
      bell.silence();
      await commits.drained();
      database.close();
    },
  };
}

export function openReadingStore(path: string, pollMs: number): EmbeddedEventStore {
  const database = guard('Opening the log', () => openToRead(path));
  const reader = guard('Opening the log', () => createLogReader(database));
  const bell = createPollingBell(() => reader.count(), pollMs);
  const readAll = async (wanted: ReadAllOptions) => reader.readAll(wanted);
  return {
    ...readingOf(database, { reader, bell, readAll }),
    append() {
      const message = 'This store is open to read only. Open it with mode write to append.';
      return Promise.reject(new Outage('refusesWrites', message));
    },
    async close() {
      if (bell.silenced) return;
      bell.silence();
      database.close();
    },
  };
}

interface Reading {
  readonly reader: LogReader;
  readonly bell: Bell;
  readAll(wanted: ReadAllOptions): Promise<Batch>;
}

/** What the two modes have in common. */
function readingOf(
  database: DatabaseSync,
  { reader, bell, readAll }: Reading,
): Omit<EmbeddedEventStore, 'append' | 'close'> {
  const read = async <Answer>(reading: () => Answer | Promise<Answer>): Promise<Answer> => {
    checkOpen(bell);
    try {
      return await reading();
    } catch (thrown) {
      throw failureOf(thrown, 'Reading the log');
    }
  };
  // A follower that catches up lets other work of the process run between its pages.
  const readInTurn = async (wanted: ReadAllOptions) => {
    const batch = await read(() => readAll(wanted));
    if (!batch.atHead) await nextTurn();
    return batch;
  };
  return {
    readStream: (stream, wanted) => read(() => reader.readStream(stream, wanted)),
    readAll: (wanted) => readInTurn(wanted),
    head: () => read(() => positionOfCount(reader.count())),
    follow: (wanted) => followLog({ bell, readAll: readInTurn }, wanted),
    verify: () => read(() => verifyLog(database, reader)),
    limitSize(bytes) {
      checkOpen(bell);
      database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(bytes / pageBytes))}`);
    },
  };
}

function fatalOutage(thrown: unknown): Outage {
  if (thrown instanceof Outage) return thrown;
  return new Outage('inputOutput', String(thrown), { fatal: true, cause: thrown });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function checkOpen(bell: Bell): void {
  if (bell.silenced) throw new StoreClosed(store);
}

function guard<Opened>(doing: string, open: () => Opened): Opened {
  try {
    return open();
  } catch (thrown) {
    throw failureOf(thrown, doing);
  }
}
