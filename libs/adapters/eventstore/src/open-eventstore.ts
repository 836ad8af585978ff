import { EventStoreDBClient } from '@eventstore/db-client';
import { encodeAppend, StoreClosed } from '@tidemark/streams';
import type { EventStore } from '@tidemark/streams';
import { Appender } from './appender.js';
import { defaultPatience } from './bounds.js';
import type { Patience } from './bounds.js';
import { LogHead } from './log-head.js';
import { beforeAll, positionOf } from './log-position.js';
import { LogReader } from './log-reader.js';
import { beginOf } from './namespace-begin.js';
import { namespaceOf } from './namespace.js';
import { readStream } from './stream-reader.js';

export interface EventStoreDbOptions {
  /** As in `esdb://127.0.0.1:2113?tls=false` or `esdb://user:secret@a:2113,b:2113`. */
  readonly connection: string;
  /** Which streams of the server are ours (see `namespaceOf`). Default: `tidemark`. */
  readonly namespace?: string;
  readonly patience?: Partial<Patience>;
}

/**
 * Opens the log on an EventStoreDB or KurrentDB server of 24.2 or later.
 *
 * @throws RangeError for a connection string or a namespace that cannot be one; Outage if the
 * server does not answer; LogDamaged if the beginning of the namespace was deleted.
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const namespace = namespaceOf(options.namespace ?? 'tidemark');
  const patience = { ...defaultPatience, ...options.patience };
  const { callMs: ms } = patience;
  // Appends have a client of their own: a failed read closes the connection of its client.
  const [reading, writing] = [connect(options.connection), connect(options.connection)];
  const disposeBoth = async () => {
    await Promise.all([reading.dispose(), writing.dispose()]);
  };
  const begin = await beginOf(writing, namespace, ms).catch(async (thrown: unknown) => {
    await disposeBoth();
    throw thrown;
  });
  const known = { head: beforeAll, end: begin };
  const end = new LogHead(reading, { namespace, known, ms });
  const log = new LogReader({ client: reading, namespace, end, begin, patience });
  const appender = new Appender({ client: writing, reading, namespace, ms });
  const calls = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  const open = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    if (closing !== undefined) throw new StoreClosed('The event store on EventStoreDB');
    const answer = call();
    calls.add(answer);
    try {
      return await answer;
    } finally {
      calls.delete(answer);
    }
  };
  const close = async () => {
    log.close();
    await appender.idle();
    // A call that is cut off by its own client looks like one that found nothing.
    await Promise.allSettled(calls);
    await disposeBoth();
  };
  return {
    append: (stream, events, expected) =>
      open(async () => appender.append(encodeAppend(stream, events, expected))),
    readStream: (stream, wanted) =>
      open(() => readStream({ client: reading, namespace, ms }, stream, wanted)),
    readAll: (wanted) => open(() => log.readAll(wanted)),
    head: () => open(async () => positionOf(await log.head())),
    follow: (wanted) => log.follow(wanted),
    close: () => (closing ??= close()),
  };
}

function connect(connection: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(connection);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new RangeError(
      `The connection ${JSON.stringify(withoutSecret(connection))} cannot be read: ${why} Write ` +
        'it as in esdb://127.0.0.1:2113?tls=false.',
    );
  }
}

function withoutSecret(connection: string): string {
  return connection.replace(/\/\/[^@/]*@/, '//…@');
}
