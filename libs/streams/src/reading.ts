import { noEvents } from './event-store.js';
import { origin } from './position.js';
import { readLimits } from './limits.js';
import type { Batch, EventStore } from './event-store.js';
import type { Position } from './position.js';
import type { StoredEvent } from './stored-event.js';

/** Revision of the stream's last event, to expect at the next append. */
export async function lastRevisionOf(store: EventStore, stream: string): Promise<number> {
  const [last] = await store.readStream(stream, { limit: 1, direction: 'backwards' });
  return last === undefined ? noEvents : last.revision;
}

/** All events of a stream from revision `from` on, in pages. */
export async function* streamPages(
  store: EventStore,
  stream: string,
  from = 0,
): AsyncGenerator<readonly StoredEvent[], void, void> {
  let next = from;
  for (;;) {
    const page = await store.readStream(stream, { from: next, limit: readLimits.batch });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    next = last.revision + 1;
  }
}

export interface LogStretch {
  readonly after?: Position;
  readonly streamPrefixes?: readonly string[];
  readonly limit?: number;
}

/** The log from `after` to where it ends now, then done. */
export async function* logBatches(
  store: EventStore,
  stretch: LogStretch = {},
): AsyncGenerator<Batch, void, void> {
  const { streamPrefixes, limit = readLimits.batch } = stretch;
  let after = stretch.after ?? origin;
  for (;;) {
    const batch = await store.readAll({
      after,
      limit,
      ...(streamPrefixes === undefined ? {} : { streamPrefixes }),
    });
    if (batch.through > after) yield batch;
    if (batch.atHead) return;
    after = batch.through;
  }
}

/** @throws RangeError for a number of events that no read may ask for; for adapters. */
export function checkReadLimit(limit: number): void {
  if (Number.isInteger(limit) && limit > 0 && limit <= readLimits.events) return;
  throw new RangeError(`A read of ${limit} events; ask for 1 to ${readLimits.events}.`);
}

/** Whether a stream is among those asked for; for adapters. */
export function streamMatches(stream: string, prefixes: readonly string[] | undefined): boolean {
  if (prefixes === undefined) return true;
  for (const prefix of prefixes) if (stream.startsWith(prefix)) return true;
  return false;
}
