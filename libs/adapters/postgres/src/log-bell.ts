import { createBell } from '@tidemark/streams';
import type { Bell } from '@tidemark/streams';
import pg from 'pg';
import { clientConfig } from './connections.js';
import type { Settings } from './options.js';

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
export function createLogBell(settings: Settings): LogBell {
  const channel = `${settings.schema}_log`;
  const bell = createBell();
  const wire = createWire(settings, channel, () => bell.ring());
  let waiting = 0;
  let polling: ReturnType<typeof setInterval> | undefined;
  let looking: ReturnType<typeof setTimeout> | undefined;
  let lookMs: number = soonMs.first;

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
    announce: () => wire.tell(),
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
      wire.listen();
      return bell.next(heard, signal).finally(settle);
    },
    async close() {
      bell.silence();
      clearTimeout(looking);
      await wire.close();
    },
  };
}

/** One connection of its own that hears and tells of new events; remade when it broke. */
interface Wire {
  /** Listens, if it does not yet. */
  listen(): void;
  /** Tells the others: once more, if that is asked for while it is being told. */
  tell(): void;
  close(): Promise<void>;
}

// Whoever is not told looks by itself, so failures of the wire are nobody's affair.
const unheard = () => undefined;

function createWire(settings: Settings, channel: string, heard: () => void): Wire {
  let client: pg.Client | undefined;
  let triedAt = -Infinity;
  let closed = false;
  let told: 'all' | 'telling' | 'more' = 'all';
  const drop = (one: pg.Client) => {
    if (client === one) client = undefined;
    void one.end().catch(unheard);
  };
  async function open(one: pg.Client): Promise<void> {
    await one.connect();
    await one.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    if (closed) return drop(one);
    heard();
  }
  async function notify(one: pg.Client): Promise<void> {
    do {
      told = 'telling';
      await one.query('SELECT pg_notify($1, $2)', [channel, '']);
    } while (askedAgain());
  }
  const askedAgain = () => told === 'more';
  const wire: Wire = {
    listen() {
      if (closed || client !== undefined || performance.now() - triedAt < reconnectMs) return;
      triedAt = performance.now();
      const one = new pg.Client({ ...clientConfig(settings), query_timeout: settings.callMs });
      client = one;
      one.on('notification', heard);
      one.on('error', () => drop(one));
      one.on('end', () => drop(one));
      open(one).catch(() => drop(one));
    },
    tell() {
      wire.listen();
      const one = client;
      if (told !== 'all') told = 'more';
      else if (one !== undefined) {
        notify(one)
          .catch(() => drop(one))
          .finally(() => (told = 'all'))
          .catch(unheard);
      }
    },
    async close() {
      closed = true;
      const one = client;
      client = undefined;
      await one?.end().catch(unheard);
    },
  };
  return wire;
}
