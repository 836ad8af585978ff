/// <reference types="jest" />
import { comparePositions, lastRevisionOf, noEvents, origin, readLimits } from '@tidemark/streams';
import type { EventStore, ReadAllOptions, StoredEvent } from '@tidemark/streams';
import { appended, idsOf, numbered, spoken, wholeLog, type Fresh } from './numbered-events.js';

/** Ten events of stream `s` in appends of several sizes, between events of others. */
async function filled(store: EventStore): Promise<EventStore> {
  await store.append('other', numbered(2, 'o'), noEvents);
  await store.append('s', numbered(1), noEvents);
  await store.append('s', numbered(4, 'e', 1), 0);
  await store.append('other', numbered(1, 'o', 2), 1);
  await store.append('s', numbered(3, 'e', 5), 4);
  await store.append('s', numbered(2, 'e', 8), 7);
  return store;
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

export function streamRules(fresh: Fresh<EventStore>): void {
  describe('reading a stream', () => {
    it('gives its events by revision from any one on, up to the limit', async () => {
      const store = await filled(await fresh());
      for (const from of range(0, 11)) {
        for (const limit of [1, 2, 5, 100]) {
          const read = await store.readStream('s', { from, limit });
          expect(read.map(({ revision }) => revision)).toEqual(
            range(from, Math.min(9, from + limit - 1)),
          );
          expect(idsOf(read)).toEqual(read.map(({ revision }) => `e${revision}`));
        }
      }
      expect(await store.readStream('s', { limit: 3 })).toHaveLength(3);
    });

    it('backwards gives them from any one down, from the last one by default', async () => {
      const store = await filled(await fresh());
      for (const from of range(0, 11)) {
        for (const limit of [1, 2, 5, 100]) {
          const read = await store.readStream('s', { from, limit, direction: 'backwards' });
          const last = Math.min(9, from);
          expect(read.map(({ revision }) => revision)).toEqual(
            range(Math.max(0, last - limit + 1), last).toReversed(),
          );
        }
      }
      const [last] = await store.readStream('s', { limit: 1, direction: 'backwards' });
      expect(last?.id).toBe('e9');
      expect(await lastRevisionOf(store, 's')).toBe(9);
    });

    it('that nobody wrote gives nothing, in either direction', async () => {
      const store = await filled(await fresh());
      expect(await store.readStream('S', { limit: 10 })).toEqual([]);
      expect(await store.readStream('S', { limit: 10, direction: 'backwards' })).toEqual([]);
      expect(await lastRevisionOf(store, 'S')).toBe(noEvents);
    });

    it('and the log refuses a limit that is no number of events to read', async () => {
      const store = await filled(await fresh());
      for (const limit of [0, -1, 1.5, Number.NaN, readLimits.events + 1]) {
        await expect(store.readStream('s', { limit })).rejects.toThrow(RangeError);
        await expect(store.readAll({ limit })).rejects.toThrow(RangeError);
      }
      const limit = readLimits.events;
      expect(await store.readStream('s', { limit })).toHaveLength(10);
      expect((await store.readAll({ limit })).events).toHaveLength(13);
    });
  });
}

/** All that paging through the log gives, and how it said where it ended. */
async function pagesOf(store: EventStore, wanted: ReadAllOptions): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  let after = wanted.after ?? origin;
  for (;;) {
    const batch = await store.readAll({ ...wanted, after });
    expect(batch.events.length).toBeLessThanOrEqual(wanted.limit);
    for (const { position } of batch.events) {
      expect([position > after, position <= batch.through]).toEqual([true, true]);
    }
    events.push(...batch.events);
    expect(batch.through === (await store.head())).toBe(batch.atHead);
    if (batch.atHead) return events;
    expect(comparePositions(batch.through, after)).toBeGreaterThan(0);
    after = batch.through;
  }
}

export function logRules(fresh: Fresh<EventStore>): void {
  describe('reading the log', () => {
    it('of an empty store gives nothing and is at its head, the origin', async () => {
      const store = await fresh();
      const batch = await store.readAll({ limit: 10 });
      expect(batch).toEqual({ events: [], through: origin, atHead: true });
      expect(await store.head()).toBe(origin);
    });

    it('gives the events of all streams in commit order, whatever the pages', async () => {
      const store = await filled(await fresh());
      const order = 'o0 o1 e0 e1 e2 e3 e4 o2 e5 e6 e7 e8 e9'.split(' ');
      for (const limit of range(1, 14)) {
        expect(idsOf(await pagesOf(store, { limit }))).toEqual(order);
      }
    });

    it('resumes after any position, inside an append too', async () => {
      const store = await filled(await fresh());
      const all = await wholeLog(store);
      expect(all).toHaveLength(13);
      for (const [at, { position }] of all.entries()) {
        const rest = await pagesOf(store, { after: position, limit: 3 });
        expect(rest.map(spoken)).toEqual(all.slice(at + 1).map(spoken));
      }
    });

    it('after its head gives nothing', async () => {
      const store = await filled(await fresh());
      const after = await store.head();
      const batch = await store.readAll({ after, limit: 10 });
      expect(batch).toEqual({ events: [], through: after, atHead: true });
    });

    it('after a position of another store is refused', async () => {
      const store = await filled(await fresh());
      await expect(store.readAll({ after: '0/1A', limit: 10 })).rejects.toThrow(RangeError);
    });
  });

  describe('the log', () => prefixRules(fresh));
}

function prefixRules(fresh: Fresh<EventStore>): void {
  it('by prefix of the stream leaves out the others and still comes to the head', async () => {
    const store = await fresh();
    const names = ['journal/a', 'journal/b', 'journ', 'days/a', 'journal\u{1f600}/a', 'Journal/a'];
    for (const name of [...names, 'x/last']) await store.append(name, numbered(2), noEvents);
    const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
      [['journal/'], ['journal/a', 'journal/b']],
      [
        ['journal/b', 'days/'],
        ['journal/b', 'days/a'],
      ],
      [['journal\u{1f600}'], ['journal\u{1f600}/a']],
      [
        ['journal', 'journal/'],
        ['journal/a', 'journal/b', 'journal\u{1f600}/a'],
      ],
      [['%', 'j_urn', 'journal/aa'], []],
      [[''], [...names, 'x/last']],
      [[], []],
    ];
    for (const [streamPrefixes, wanted] of cases) {
      for (const limit of [1, 3, 100]) {
        const read = await pagesOf(store, { streamPrefixes, limit });
        expect(read.map(({ stream }) => stream)).toEqual(wanted.flatMap((name) => [name, name]));
      }
    }
  });

  it('gives positions of one width that grow as text', async () => {
    const store = await fresh();
    for (let at = 0; at < 120; at += 1) {
      const { position } = appended(
        await store.append('s', numbered(10, 'e', at * 10), at * 10 - 1),
      );
      expect(position).toBe(await store.head());
    }
    const positions = (await wholeLog(store)).map(({ position }) => position);
    expect(positions).toHaveLength(1_200);
    expect(new Set(positions).size).toBe(1_200);
    expect(positions.toSorted()).toEqual(positions);
    expect(new Set(positions.map(({ length }) => length)).size).toBe(1);
    expect(positions.every((position) => position > origin)).toBe(true);
  });
}
