import { randomUUID } from 'node:crypto';
import { ErrorType, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import type { EventStoreDBClient, ResolvedEvent } from '@eventstore/db-client';
import { LogDamaged } from '@tidemark/streams';
import { failureOf, hasType } from './client-failure.js';
import type { Namespace } from './namespace.js';
import { readEach } from './read-each.js';
import { twice, within } from './timed.js';

/** How names, ids and texts are laid down (`namespace.ts`, `event-codec.ts`). */
const layout = 1;

/**
 * Where the log of a namespace begins. Its first opening writes one event before all others, so
 * that a reader need not search what stood on the server before, and a later layout is noticed.
 *
 * @throws LogDamaged if that event was deleted, or tells a layout that is not known here.
 */
export async function beginOf(
  client: EventStoreDBClient,
  namespace: Namespace,
  ms: number,
): Promise<bigint> {
  const doing = `Opening the namespace ${namespace.ownStream}`;
  try {
    const begun = await read(client, namespace, { doing, ms });
    if (begun !== undefined) return checked(begun, namespace);
    await write(client, namespace, { doing, ms });
    const written = await read(client, namespace, { doing, ms });
    if (written !== undefined) return checked(written, namespace);
  } catch (thrown) {
    throw failureOf(thrown, doing);
  }
  throw new LogDamaged(`${doing}: its first event was written but cannot be read.`);
}

type Call = { readonly doing: string; readonly ms: number };

async function read(
  client: EventStoreDBClient,
  { ownStream }: Namespace,
  call: Call,
): Promise<ResolvedEvent | undefined> {
  let first: ResolvedEvent | undefined;
  const reading = () =>
    readEach(
      client.readStream(ownStream, { maxCount: 1, requiresLeader: true }),
      (event) => {
        first = event;
        return false;
      },
      call,
    );
  try {
    await twice(reading);
  } catch (thrown) {
    if (!hasType(thrown, ErrorType.STREAM_NOT_FOUND)) throw thrown;
  }
  return first;
}

async function write(
  client: EventStoreDBClient,
  { ownStream }: Namespace,
  { doing, ms }: Call,
): Promise<void> {
  const id = randomUUID();
  const event = jsonEvent({ id, type: 'NamespaceBegun', data: { layout } });
  const options = { expectedRevision: NO_STREAM, requiresLeader: true } as const;
  const writing = twice(() => client.appendToStream(ownStream, event, options));
  try {
    await within(writing, { ms, doing, ambiguous: true });
  } catch (thrown) {
    // Another process was first: the same beginning serves both.
    if (!hasType(thrown, ErrorType.WRONG_EXPECTED_VERSION)) throw thrown;
  }
}

function checked({ event }: ResolvedEvent, { ownStream }: Namespace): bigint {
  if (event?.position === undefined || event.revision !== 0n) {
    throw new LogDamaged(
      `The first event of the stream ${ownStream}, which says where the log begins, was deleted. ` +
        'Restore the server from a backup.',
    );
  }
  const { data } = event;
  const told = typeof data === 'object' && 'layout' in data ? data.layout : undefined;
  if (told === layout) return event.position.commit;
  throw new LogDamaged(
    `The stream ${ownStream} tells the layout ${String(told)}; known here is ${layout}. Is it ` +
      'written by a later version of Tidemark, or used for something else?',
  );
}
