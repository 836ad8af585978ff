import { setTimeout as pause } from 'node:timers/promises';
import { lastRevisionOf, Outage } from '@tidemark/streams';
import type { EventStore } from '@tidemark/streams';
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

export interface Writing {
  readonly stream: string;
  readonly appends: number;
  readonly eventsEach: number;
}

/** Appends to a stream of its own, through outages; returns the ids that were acknowledged. */
export async function writeThrough(store: EventStore, writing: Writing): Promise<string[]> {
  const { stream, appends, eventsEach } = writing;
  const ids: string[] = [];
  let last = await persist(() => lastRevisionOf(store, stream));
  for (let at = 0; at < appends; at += 1) {
    const events = numbered(eventsEach, `${stream}-`, at * eventsEach);
    const expected = last;
    last = appended(await persist(() => store.append(stream, events, expected))).revision;
    ids.push(...events.map(({ id }) => id));
  }
  return ids;
}
