/// <reference types="jest" />
import { noEvents, origin, StoreClosed } from '@tidemark/streams';
import type { Batch, EventStore, FollowOptions, StoredEvent } from '@tidemark/streams';
import { appended, idsOf, numbered, spoken, wholeLog, type Fresh } from './numbered-events.js';

/** Follows until so many events have come. */
async function followed(
  store: EventStore,
  count: number,
  options: FollowOptions = {},
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  let after = options.after ?? origin;
  for await (const batch of store.follow(options)) {
    expect(batch.through > after).toBe(true);
    after = batch.through;
    events.push(...batch.events);
    if (events.length >= count) break;
  }
  return events;
}

/** The follower's next batch, or undefined when it has ended. */
async function nextOf(batches: AsyncIterator<Batch>): Promise<Batch | undefined> {
  const result = await batches.next();
  return result.done === true ? undefined : result.value;
}

const writers = 8;
// Of a writer's appends to its own stream a third has one event, a third two, a third three.
const appendsPerWriter = 21;
const eventsPerWriter = appendsPerWriter * (2 + 1);

/** One of several writers: appends to a stream of its own and to one that all of them share. */
async function write(store: EventStore, writer: number): Promise<string[]> {
  const ids: string[] = [];
  let own = noEvents;
  let shared = noEvents;
  for (let at = 0; at < appendsPerWriter; at += 1) {
    const events = numbered(1 + (at % 3), `w${writer}-${at}-`);
    const mine = await store.append(`own/${writer}`, events, own);
    own = appended(mine).revision;
    ids.push(...events.map(({ id }) => id));
    const common = numbered(1, `s${writer}-${at}-`);
    for (;;) {
      const outcome = await store.append('shared', common, shared);
      shared = outcome.ok ? outcome.value.revision : outcome.failure.actual;
      if (outcome.ok) break;
    }
    ids.push(...common.map(({ id }) => id));
  }
  return ids;
}

export function followRules(fresh: Fresh<EventStore>): void {
  describe('a follower', () => {
    it('sees every event once and in order while eight writers append', async () => {
      const store = await fresh();
      const total = writers * eventsPerWriter;
      const slow = followed(store, total, { limit: 7 });
      const fast = followed(store, total);
      const all = Promise.all(Array.from({ length: writers }, (_, at) => write(store, at)));
      const late = all.then(() => followed(store, total));
      const wanted = (await all).flat();
      const log = await wholeLog(store);
      expect(idsOf(log).toSorted()).toEqual(wanted.toSorted());
      for (const seen of [await slow, await fast, await late]) {
        expect(seen.map(spoken)).toEqual(log.map(spoken));
      }
      const revisions = new Map<string, number>();
      for (const { stream, revision } of log) {
        expect(revision).toBe((revisions.get(stream) ?? noEvents) + 1);
        revisions.set(stream, revision);
      }
    });

    it('begins after its position and leaves out other streams', async () => {
      const store = await fresh();
      await store.append('a/1', numbered(3), noEvents);
      const after = await store.head();
      const seen = followed(store, 4, { after, streamPrefixes: ['a/'], limit: 2 });
      await store.append('b/1', numbered(5, 'b'), noEvents);
      await store.append('a/1', numbered(2, 'f'), 2);
      await store.append('b/1', numbered(5, 'c'), 4);
      await store.append('a/2', numbered(2, 'g'), noEvents);
      expect(idsOf(await seen)).toEqual(['f0', 'f1', 'g0', 'g1']);
    });

    it('at the end of the log waits, and wakes for the next event', async () => {
      const store = await fresh();
      await store.append('s', numbered(1), noEvents);
      const batches = store.follow()[Symbol.asyncIterator]();
      expect((await nextOf(batches))?.events).toHaveLength(1);
      let woken = false;
      const next = nextOf(batches).finally(() => (woken = true));
      // Reads of our own come back: the follower has had its turns and still waits.
      for (let turn = 0; turn < 20; turn += 1) await store.head();
      expect(woken).toBe(false);
      await store.append('s', numbered(1, 'f'), 0);
      expect(idsOf((await next)?.events ?? [])).toEqual(['f0']);
      await batches.return?.();
    });

    it('ends quietly when its signal aborts, while it waits and before', async () => {
      const store = await fresh();
      const stop = new AbortController();
      const batches = store.follow({ signal: stop.signal })[Symbol.asyncIterator]();
      const next = nextOf(batches);
      await store.head();
      stop.abort();
      expect(await next).toBeUndefined();
      const never = store.follow({ signal: stop.signal })[Symbol.asyncIterator]();
      expect(await nextOf(never)).toBeUndefined();
    });
  });
}

export function closeRules(fresh: Fresh<EventStore>): void {
  describe('closing', () => {
    it('ends all followers, those that wait and those that are busy', async () => {
      const store = await fresh();
      await store.append('s', numbered(5), noEvents);
      const busy = store.follow({ limit: 2 })[Symbol.asyncIterator]();
      expect((await nextOf(busy))?.events).toHaveLength(2);
      const waiting = Array.from({ length: 3 }, async () => {
        const batches = store.follow({ after: await store.head() })[Symbol.asyncIterator]();
        return nextOf(batches);
      });
      await store.head();
      await store.close();
      expect(await Promise.all(waiting)).toEqual([undefined, undefined, undefined]);
      expect(await nextOf(busy)).toBeUndefined();
    });

    it('waits for appends in flight, and may be repeated', async () => {
      const store = await fresh();
      const inFlight = Array.from({ length: 20 }, (_, at) =>
        store.append(`s/${at}`, numbered(2), noEvents),
      );
      const settled: boolean[] = [];
      const noted = inFlight.map(async (one) => void settled.push((await one).ok));
      await Promise.all([store.close(), store.close()]);
      await Promise.all(noted);
      await store.close();
      expect(settled).toEqual(inFlight.map(() => true));
    });

    it('makes every later call fail with StoreClosed', async () => {
      const store = await fresh();
      await store.append('s', numbered(1), noEvents);
      await store.close();
      await expect(store.append('s', numbered(1), 0)).rejects.toThrow(StoreClosed);
      await expect(store.readStream('s', { limit: 1 })).rejects.toThrow(StoreClosed);
      await expect(store.readAll({ limit: 1 })).rejects.toThrow(StoreClosed);
      await expect(store.head()).rejects.toThrow(StoreClosed);
    });
  });
}
