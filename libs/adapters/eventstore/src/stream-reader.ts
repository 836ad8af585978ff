import { BACKWARDS, END, ErrorType, FORWARDS, START } from '@eventstore/db-client';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { LogDamaged, readLimits } from '@tidemark/streams';
import type { ReadStreamOptions, StoredEvent } from '@tidemark/streams';
import { failureOf, hasType } from './client-failure.js';
import { fromStored } from './event-codec.js';
import { checkReadLimit } from './log-reader.js';
import type { Namespace } from './namespace.js';
import { readEach } from './read-each.js';
import { twice } from './timed.js';

export interface StreamReaderOptions {
  readonly client: EventStoreDBClient;
  readonly namespace: Namespace;
  readonly ms: number;
}

/** Events of one stream by revision; none of a stream that nobody wrote. */
export async function readStream(
  { client, namespace, ms }: StreamReaderOptions,
  stream: string,
  options: ReadStreamOptions,
): Promise<readonly StoredEvent[]> {
  const { from, limit, direction } = options;
  checkReadLimit(limit);
  const backwards = direction === 'backwards';
  if (backwards && from !== undefined && from < 0) return [];
  const first = Math.max(0, from ?? 0);
  const doing = `Reading the stream ${stream}`;
  const wanted = {
    direction: backwards ? BACKWARDS : FORWARDS,
    fromRevision: from === undefined ? (backwards ? END : START) : BigInt(first),
    maxCount: limit,
    requiresLeader: true,
  } as const;
  const read = async () => {
    const events: StoredEvent[] = [];
    let units = 0;
    const take = (event: StoredEvent | undefined) => {
      if (event === undefined) return true;
      events.push(event);
      units += event.dataText.length + event.metaText.length;
      return units < readLimits.bytes;
    };
    const reading = client.readStream(namespace.storedName(stream), wanted);
    await readEach(reading, (event) => take(fromStored(event, namespace)), { doing, ms });
    return events;
  };
  try {
    const events = await twice(read);
    if (!backwards) checkWhole(stream, first, events);
    return events;
  } catch (thrown) {
    if (hasType(thrown, ErrorType.STREAM_NOT_FOUND)) return [];
    throw failureOf(thrown, doing);
  }
}

/** A stream that was cut off in front by the server's means is not what was written. */
function checkWhole(stream: string, first: number, events: readonly StoredEvent[]): void {
  const [event] = events;
  if (event === undefined || event.revision === first) return;
  throw new LogDamaged(
    `The stream ${stream} begins at revision ${event.revision} instead of ${first}: somebody ` +
      'deleted or limited it on the server. Restore the server from a backup.',
    { position: event.position },
  );
}
