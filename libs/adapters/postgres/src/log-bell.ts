import { createBell } from '@tidemark/streams';
import type { Bell } from '@tidemark/streams';
import pg from 'pg';
import { clientConfig } from './connections.js';
import type { Connections } from './connections.js';

/** Tells followers of this process that the log has grown, whoever wrote. */
export interface LogBell extends Bell {
  /** Tells the other processes. */
  announce(): void;
  /** Something is there whose place is not settled yet: look again soon. */
  expect(): void;
  close(): Promise<void>;
}

const soonMs = { first: 2, most: 100 } as const;
const reconnectMs = 1_000;

/**
 * Notifications wake those who wait; they may be lost with their connection, so whoever waits also
 * looks every `pollMs`. They are sent after the commit and in one piece: inside the appending
 * transaction they would make all commits of the server wait for each other.
 */
export function createLogBell(connections: Connections): LogBell {
  const { settings } = connections;
  const channel = `${settings.schema}_log`;
  const bell = createBell();
  const ear = createEar(
    () => clientConfig(settings),
    channel,
    () => bell.ring(),
  );
  let waiting = 0;
  let polling: ReturnType<typeof setInterval> | undefined;
  let looking: ReturnType<typeof setTimeout> | undefined;
  let lookMs: number = soonMs.first;
  const tellOthers = createTelling(connections, channel);

  const settle = () => {
    waiting -= 1;
    if (waiting > 0) return;
    clearInterval(polling);
    polling = undefined;
  };
  return {
    get rings() {
      return bell.rings;
    },
    get silenced() {
      return bell.silenced;
    },
    ring() {
      lookMs = soonMs.first;
      bell.ring();
    },
    silence: () => bell.silence(),
    announce: tellOthers,
    expect() {
      if (looking !== undefined || bell.silenced) return;
      looking = setTimeout(() => {
        looking = undefined;
        bell.ring();
      }, lookMs);
      lookMs = Math.min(lookMs * 2, soonMs.most);
    },
    next(heard, signal) {
      waiting += 1;
      polling ??= setInterval(() => bell.ring(), settings.pollMs);
      ear.listen();
      return bell.next(heard, signal).finally(settle);
    },
    async close() {
      bell.silence();
      clearTimeout(looking);
      await ear.close();
    },
  };
}

/** Notifies the channel: once more, if that is asked for while a notification is under way. */
function createTelling(connections: Connections, channel: string): () => void {
  let telling = false;
  let again = false;
  async function tell(): Promise<void> {
    telling = true;
    do {
      again = false;
      const doing = 'Telling of new events';
      await connections
        .use({ doing }, (client) => client.query('SELECT pg_notify($1, $2)', [channel, '']))
        .catch(() => undefined); // Who is not told looks by itself.
    } while (again);
    telling = false;
  }
  return () => {
    again = true;
    if (!telling) void tell();
  };
}

interface Ear {
  /** Listens, if it does not yet; again if the connection was lost. */
  listen(): void;
  close(): Promise<void>;
}

function createEar(config: () => pg.ClientConfig, channel: string, heard: () => void): Ear {
  let client: pg.Client | undefined;
  let triedAt = -Infinity;
  let closed = false;
  const drop = (one: pg.Client) => {
    if (client === one) client = undefined;
    void one.end().catch(() => undefined); // It is broken already.
  };
  async function open(one: pg.Client): Promise<void> {
    await one.connect();
    await one.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    if (closed) return drop(one);
    heard();
  }
  return {
    listen() {
      if (closed || client !== undefined || performance.now() - triedAt < reconnectMs) return;
      triedAt = performance.now();
      const one = new pg.Client(config());
      client = one;
      one.on('notification', heard);
      one.on('error', () => drop(one));
      one.on('end', () => drop(one));
      open(one).catch(() => drop(one));
    },
    async close() {
      closed = true;
      const one = client;
      client = undefined;
      await one?.end().catch(() => undefined);
    },
  };
}
