import { setTimeout as pause } from 'node:timers/promises';
import { lastRevisionOf, origin, Outage } from '@tidemark/streams';
import type { EventStore, StoredEvent } from '@tidemark/streams';
import { appended, numbered } from './numbered-events.js';

const persistMs = 60_000;
const againMs = 20;

/** Repeats a call while the world outside fails, as the runtime does; the same call again. */
export async function persist<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const until = performance.now() + persistMs;
  for (;;) {
    try {
      return await work();
    } catch (thrown) {
      if (!(thrown instanceof Outage) || performance.now() > until) throw thrown;
      await pause(againMs);
    }
  }
}

/** Follows until so many events have come, through outages, from where it was. */
export async function followThrough(store: EventStore, count: number): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  let after = origin;
  await persist(async () => {
    for await (const batch of store.follow({ after })) {
      events.push(...batch.events);
      after = batch.through;
      if (events.length >= count) break;
    }
  });
  return events;
}

export interface Writing {
  readonly stream: string;
  readonly appends: number;
  readonly eventsEach: number;
  /** Called after each acknowledged append. */
  readonly acknowledged?: () => void;
}

/** Appends to a stream of its own, through outages; returns the ids that were acknowledged. */
export async function writeThrough(store: EventStore, writing: Writing): Promise<string[]> {
  const { stream, appends, eventsEach, acknowledged } = writing;
  const ids: string[] = [];
  let last = await persist(() => lastRevisionOf(store, stream));
  for (let at = 0; at < appends; at += 1) {
    const events = numbered(eventsEach, `${stream}-`, at * eventsEach);
    const expected = last;
    last = appended(await persist(() => store.append(stream, events, expected))).revision;
    ids.push(...events.map(({ id }) => id));
    acknowledged?.();
  }
  return ids;
}
