import { Outage, StoreClosed } from '@tidemark/streams';
import pg from 'pg';
import type { PoolClient } from 'pg';
import { failureOf } from './postgres-failure.js';
import { PostgresRefused } from './options.js';
import type { Settings } from './options.js';

/** What a call does and whether it may write; for messages and for what a failure means. */
export interface Call {
  readonly doing: string;
  readonly writes?: boolean;
  /** Bound of this call, if it is not that of all. */
  readonly ms?: number;
}

/** A bounded number of connections to one server. */
export interface Connections {
  readonly settings: Settings;
  /**
   * Lends a connection. Our own timer ends the connection of a call that takes too long, for the
   * server's timeouts do not bind where the network or the server stands still.
   *
   * @throws Outage for what the world outside did, StoreClosed after `close`.
   */
  use<Answer>(call: Call, work: (client: PoolClient) => Promise<Answer>): Promise<Answer>;
  /** Waits for the calls that are running. May be repeated. */
  close(): Promise<void>;
}

const idleMs = 30_000;
// The server gives up a little before us, so that most timeouts are told by it.
const serverShare = 0.9;

/** What every connection is made with; nothing is left to a default that an admin may change. */
export function clientConfig({ url, callMs }: Settings): pg.ClientConfig {
  const serverMs = Math.ceil(callMs * serverShare);
  return {
    connectionString: url,
    connectionTimeoutMillis: callMs,
    statement_timeout: serverMs,
    lock_timeout: serverMs,
    idle_in_transaction_session_timeout: callMs * 2,
    keepAlive: true,
    application_name: 'tidemark',
    options: '-c default_transaction_isolation=read\\ committed -c client_min_messages=warning',
  };
}

/** A pool that outlives its connections: one that broke is replaced at the next call. */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', unheard);
  // The pool listens to idle connections only, and whoever borrows one a moment after it is lent:
  // in between an event that nobody hears would end the process. The next query tells of the loss.
  pool.on('connect', (client) => client.on('error', unheard));
  return pool;
}

const unheard = (): void => undefined;

export function openConnections(settings: Settings, what: string): Connections {
  const { connections: max } = settings;
  const pool = openPool({ ...clientConfig(settings), max, idleTimeoutMillis: idleMs });
  const greet = createGreeting();
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    // The pool forgets at its end those who still wait for a connection.
    while (running.size > 0) await Promise.allSettled(running);
    await pool.end();
  };
  return {
    settings,
    use(call, work) {
      if (closing !== undefined) return Promise.reject(new StoreClosed(what));
      const answer = lend(pool, { ...call, ms: call.ms ?? settings.callMs }, async (client) => {
        await greet(client);
        return work(client);
      });
      const done = answer.then(
        () => void running.delete(done),
        () => void running.delete(done),
      );
      running.add(done);
      return answer;
    },
    close: () => (closing ??= closeAll()),
  };
}

/** One call on one connection, with its own timer. */
function lend<Answer>(
  pool: pg.Pool,
  { doing, writes = false, ms }: Call & { readonly ms: number },
  work: (client: PoolClient) => Promise<Answer>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let loan: Loan | undefined;
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      const told = `${doing} took more than ${ms} ms. Check the server, the network and the load.`;
      reject(new Outage('timeout', told, { ambiguous: writes && loan !== undefined }));
      loan?.end();
    }, ms);
    const run = async () => {
      const client = await pool.connect();
      loan = borrow(client);
      if (over) throw new Error('This call is over.');
      return work(client);
    };
    run().then(
      (answer) => {
        clearTimeout(timer);
        loan?.giveBack();
        resolve(answer);
      },
      (thrown: unknown) => {
        clearTimeout(timer);
        loan?.giveBack();
        reject(failureOf(thrown, doing, writes && loan !== undefined));
      },
    );
  });
}

interface Loan {
  /** Back to the pool, if nothing is wrong with the connection. */
  giveBack(): void;
  /** Ends the connection, whatever runs on it. */
  end(): void;
}

function borrow(client: PoolClient): Loan {
  let lost: Error | undefined;
  let returned = false;
  const noteLoss = (error: Error) => void (lost = error);
  client.on('error', noteLoss);
  const release = (error: Error | undefined) => {
    if (returned) return;
    returned = true;
    client.removeListener('error', noteLoss);
    client.release(error);
  };
  return {
    giveBack() {
      const idle = client.getTransactionStatus() === 'I';
      release(lost ?? (idle ? undefined : new Error('The connection is in a transaction.')));
    },
    end: () => release(new Error('The call took too long.')),
  };
}

/** Runs work in a transaction; `begin` tells which kind. */
export async function inTransaction<Answer>(
  client: PoolClient,
  begin: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  await client.query(begin);
  try {
    const answer = await work();
    const { command } = await client.query('COMMIT');
    // The server answers ROLLBACK to a COMMIT after a statement that failed.
    if (command === 'COMMIT') return answer;
    throw new Error('A statement of the transaction failed, and nobody said so.');
  } catch (thrown) {
    // Where this fails too, the connection is ended with its transaction.
    if (client.getTransactionStatus() !== 'I')
      await client.query('ROLLBACK').catch(() => undefined);
    throw thrown;
  }
}

/** Says who the server is when a connection is new: it must be the one the store was opened on. */
function createGreeting(): (client: PoolClient) => Promise<void> {
  const greeted = new WeakSet<PoolClient>();
  let identity: string | undefined;
  return async (client) => {
    if (greeted.has(client)) return;
    const { rows } = await client.query<{ id: string; fsync: string; commits: string }>(
      `SELECT system_identifier::text AS id, current_setting('fsync') AS fsync,
        current_setting('synchronous_commit') AS commits FROM pg_control_system()`,
    );
    const [server] = rows;
    if (server === undefined) throw new PostgresRefused('The server does not say who it is.');
    if (server.fsync !== 'on') {
      throw new PostgresRefused(
        'The server runs with fsync off: what it acknowledges can be lost. Set fsync = on.',
      );
    }
    if (server.commits === 'off') await client.query('SET synchronous_commit TO on');
    identity ??= server.id;
    if (identity !== server.id) {
      throw new Outage('unavailable', 'Another server answers at this address. Start again.', {
        fatal: true,
      });
    }
    greeted.add(client);
  };
}
