import { encodeAppend, followLog, origin, Outage, StoreClosed } from '@tidemark/streams';
import type { Batch, EventStore, Position, ReadAllOptions } from '@tidemark/streams';
import { createAppendQueue } from './append-queue.js';
import type { Connections } from './connections.js';
import { createLogBell } from './log-bell.js';
import type { LogBell } from './log-bell.js';
import { createLogReader } from './log-reader.js';
import type { Head, LogReader } from './log-reader.js';
import { createLogWriter } from './log-writer.js';

const what = 'The PostgreSQL event store';

/** The log in PostgreSQL. Any number of processes may write and read it at once. */
export function createEventStore(connections: Connections, epoch: number): EventStore {
  const { schema } = connections.settings;
  const reader = createLogReader(schema, epoch);
  const writer = createLogWriter(connections, reader, epoch);
  const queue = createAppendQueue((group) => writer.commit(group));
  const bell = createLogBell(connections.settings);
  const own = createOwnHead(connections);
  const call = { doing: 'Reading the log' };
  let closing: Promise<void> | undefined;

  const checkOpen = () => {
    if (closing !== undefined) throw new StoreClosed(what);
  };
  const readAll = async (wanted: ReadAllOptions): Promise<Batch> => {
    checkOpen();
    const { events, through, atHead } = await own.shown(async () => {
      const stretch = await connections.use(call, (client) => reader.readAll(client, wanted));
      noteHidden(bell, stretch);
      return stretch;
    });
    return { events, through, atHead };
  };
  const closeAll = async () => {
    bell.silence();
    await queue.drained();
    await bell.close();
  };
  return {
    async append(stream, events, expected) {
      checkOpen();
      const outcome = await queue.append(encodeAppend(stream, events, expected));
      if (outcome.ok) {
        own.note(outcome.value.position);
        bell.ring();
        bell.announce();
      }
      return outcome;
    },
    async readStream(stream, wanted) {
      checkOpen();
      return connections.use(call, (client) => reader.readStream(client, stream, wanted));
    },
    readAll,
    async head() {
      checkOpen();
      const { head } = await own.shown(() => headNow(connections, reader));
      return head;
    },
    follow: (options) => followLog({ bell, readAll }, options),
    close: () => (closing ??= closeAll()),
  };
}

async function headNow(
  connections: Connections,
  reader: LogReader,
): Promise<Head & { atHead: true }> {
  const call = { doing: 'Reading the head of the log' };
  const head = await connections.use(call, (client) => reader.head(client));
  return { ...head, atHead: true };
}

function noteHidden(bell: LogBell, { hidden, atHead }: { hidden: boolean; atHead: boolean }): void {
  if (hidden && atHead) bell.expect();
}

interface OwnHead {
  note(position: Position): void;
  /**
   * What is read at the end of the log holds everything that this store has acknowledged: it waits
   * for the transactions that were begun before those appends and still run.
   */
  shown<Answer extends Head & { readonly atHead: boolean }>(
    read: () => Promise<Answer>,
  ): Promise<Answer>;
}

const waitMs = { first: 1, most: 20 } as const;

function createOwnHead(connections: Connections): OwnHead {
  let own: Position = origin;
  return {
    note(position) {
      if (position > own) own = position;
    },
    async shown(read) {
      const wanted = own;
      const until = performance.now() + connections.settings.callMs;
      for (let ms: number = waitMs.first; ; ms = Math.min(ms * 2, waitMs.most)) {
        const answer = await read();
        if (!answer.atHead || answer.head >= wanted) return answer;
        if (performance.now() > until) throw await heldBack(connections);
        await new Promise((resolve) => setTimeout(resolve, ms));
      }
    },
  };
}

/** Says which transaction the log waits for. */
async function heldBack(connections: Connections): Promise<Outage> {
  const { rows } = await connections.use({ doing: 'Looking for old transactions' }, (client) =>
    client.query<{ told: string }>(
      `SELECT format('process %s (%s, %s) since %s', pid, usename, application_name, xact_start)
        AS told FROM pg_stat_activity WHERE backend_xid IS NOT NULL
        ORDER BY age(backend_xid) DESC LIMIT 1`,
    ),
  );
  return new Outage(
    'unavailable',
    `New events are not shown yet: a transaction of the server is still open, ` +
      `${rows[0]?.told ?? 'of somebody unknown'}. End it (pg_terminate_backend).`,
  );
}
