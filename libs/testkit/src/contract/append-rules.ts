/// <reference types="jest" />
import { AppendRefused, appendLimits, nameLimits, noEvents, origin } from '@tidemark/streams';
import { turnLimits } from '@tidemark/streams';
import type { EventStore, NewEvent } from '@tidemark/streams';
import { appended, idsOf, numbered, spoken, wholeLog, type Fresh } from './numbered-events.js';

export function appendRules(fresh: Fresh<EventStore>): void {
  describe('an append', () => {
    it('to an empty stream expects -1 and tells the place of its last event', async () => {
      const store = await fresh();
      const answer = appended(await store.append('s', numbered(3), noEvents));
      expect(answer).toEqual({ revision: 2, position: await store.head() });
      expect(noEvents).toBe(-1);
    });

    it('keeps what was said, whatever the characters', async () => {
      const store = await fresh();
      const name = 'journal/ä%2F\u{1f600}/\u200bx';
      const data = { text: 'a\nb\u0000"\\\u{1f600}\ud800', none: null, list: [1, -0.5], deep: {} };
      const meta = { principal: 'zoë\n', at: 1 };
      const event = { id: 'é'.repeat(nameLimits.id), type: 'Ünusual', data, meta };
      const { position } = appended(await store.append(name, [event], noEvents));
      const read = await store.readStream(name, { limit: 10 });
      expect(read.map(spoken)).toEqual([{ stream: name, revision: 0, position, ...event }]);
      expect((await wholeLog(store)).map(spoken)).toEqual(read.map(spoken));
    });

    it('takes JSON text as data, with line breaks between its values', async () => {
      const store = await fresh();
      const texts = ['{\n  "number": 1\n}', '[\n]'];
      const events = texts.map((dataText, at) => ({ id: `t${at}`, type: 'TextNoted', dataText }));
      await store.append('s', events, noEvents);
      const read = await store.readStream('s', { limit: 10 });
      expect(read.map(({ data }) => data)).toEqual([{ number: 1 }, []]);
    });

    it('keeps types and metas of its events apart', async () => {
      const store = await fresh();
      const events: NewEvent[] = [
        { id: 'a', type: 'A', data: 1 },
        { id: 'b', type: 'B', data: 2, meta: { by: 'x' } },
        { id: 'c', type: 'A', data: 3, meta: { by: 'y' } },
      ];
      await store.append('s', events, noEvents);
      const read = await store.readStream('s', { limit: 10 });
      const wanted = events.map(({ id, type, meta = {} }) => ({ id, type, meta }));
      expect(read.map(({ id, type, meta }) => ({ id, type, meta }))).toEqual(wanted);
    });

    it('that does not expect the last revision changes nothing and tells which it is', async () => {
      const store = await fresh();
      await store.append('s', numbered(3), noEvents);
      const before = await store.head();
      for (const expected of [noEvents, 0, 1, 3, 1_000]) {
        const outcome = await store.append('s', numbered(2, 'other'), expected);
        const failure = { code: 'CONFLICT', stream: 's', expected, actual: 2 };
        expect(outcome).toEqual({ ok: false, failure });
      }
      const empty = await store.append('nobody', numbered(1), 0);
      const failure = { code: 'CONFLICT', stream: 'nobody', expected: 0, actual: noEvents };
      expect(empty).toEqual({ ok: false, failure });
      expect(await store.head()).toBe(before);
      expect(await store.readStream('nobody', { limit: 1 })).toEqual([]);
    });

    it('of many under the same expected revision succeeds for exactly one', async () => {
      const store = await fresh();
      const writers = Array.from({ length: 8 }, (_, at) => numbered(2, `w${at}-`));
      const outcomes = await Promise.all(writers.map((one) => store.append('s', one, noEvents)));
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await store.readStream('s', { limit: 100 })).toHaveLength(2);
    });
  });
}

export function turnRules(fresh: Fresh<EventStore>): void {
  it('appends of one turn to different streams stand in the order of the calls', async () => {
    const store = await fresh();
    await store.append('s7', numbered(2), noEvents);
    const streams = Array.from(
      { length: turnLimits.appends },
      (_, at) => `s${(at * 7) % turnLimits.appends}`,
    );
    const outcomes = await Promise.all(
      streams.map((stream, at) =>
        store.append(stream, numbered(1 + (at % 3), 'f'), stream === 's7' ? 1 : noEvents),
      ),
    );
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    const log = (await wholeLog(store)).slice(2);
    const wanted = streams.flatMap((stream, at) =>
      numbered(1 + (at % 3), 'f').map(({ id }) => `${stream} ${id}`),
    );
    expect(log.map(({ stream, id }) => `${stream} ${id}`)).toEqual(wanted);
  });
}

export function repeatRules(fresh: Fresh<EventStore>): void {
  describe('an append that is repeated', () => {
    it('gives the first answer and writes nothing, even when the stream has gone on', async () => {
      const store = await fresh();
      const first = await store.append('s', numbered(3), noEvents);
      const second = await store.append('s', numbered(2, 'f'), 2);
      await store.append('t', numbered(1), noEvents);
      const changed = numbered(3).map((event) => ({ ...event, data: 'said otherwise' }));
      expect(await store.append('s', changed, noEvents)).toEqual(first);
      expect(await store.append('s', numbered(2, 'f'), 2)).toEqual(second);
      expect(idsOf(await wholeLog(store))).toEqual(['e0', 'e1', 'e2', 'f0', 'f1', 'e0']);
    });

    it('while the first is still in flight gives both the same answer', async () => {
      const store = await fresh();
      const both = [
        store.append('s', numbered(3), noEvents),
        store.append('s', numbered(3), noEvents),
      ];
      const [first, second] = await Promise.all(both);
      expect(second).toEqual(first);
      expect(await store.readStream('s', { limit: 100 })).toHaveLength(3);
    });

    it('with ids that stand there only in part, or in another order, is a conflict', async () => {
      const store = await fresh();
      await store.append('s', numbered(3), noEvents);
      const [zero, one, two] = numbered(3);
      const others = [
        [...numbered(3), ...numbered(1, 'f')],
        [...numbered(2), ...numbered(1, 'f')],
        [two, one, zero].filter((event) => event !== undefined),
      ];
      for (const events of others) {
        const outcome = await store.append('s', events, noEvents);
        expect(outcome).toMatchObject({ ok: false, failure: { actual: 2 } });
      }
      expect(await store.readStream('s', { limit: 100 })).toHaveLength(3);
    });

    it('at another expected revision is a conflict or new events', async () => {
      const store = await fresh();
      await store.append('s', numbered(2), noEvents);
      expect(await store.append('s', numbered(2), 0)).toMatchObject({ ok: false });
      expect(appended(await store.append('s', numbered(2), 1)).revision).toBe(3);
    });
  });
}

const sized = (bytes: number): NewEvent => ({ id: 'a', type: 'T', data: 'x'.repeat(bytes - 4) });
const named = (more: { id?: string; type?: string }): NewEvent => ({
  id: 'a',
  type: 'T',
  data: 1,
  ...more,
});

const circle: { self?: unknown } = {};
circle.self = circle;

type Refused = readonly [string, string, readonly NewEvent[], number];

const refused: readonly Refused[] = [
  ['no events', 's', [], -1],
  ['more events than the limit', 's', numbered(appendLimits.events + 1), -1],
  ['more bytes than the limit', 's', [sized(appendLimits.bytes + 1)], -1],
  ['an id twice', 's', [named({}), named({})], -1],
  ['data that is undefined', 's', [{ ...named({}), data: undefined }], -1],
  ['data that is a function', 's', [{ ...named({}), data: () => 1 }], -1],
  ['data that is a BigInt', 's', [{ ...named({}), data: 1n }], -1],
  ['data that holds itself', 's', [{ ...named({}), data: circle }], -1],
  ['an empty data text', 's', [{ id: 'a', type: 'T', dataText: '' }], -1],
  ['half a surrogate pair in a data text', 's', [{ id: 'a', type: 'T', dataText: '"\ud800"' }], -1],
  ['an empty type', 's', [{ ...named({}), type: '' }], -1],
  ['an empty stream name', '', [named({})], -1],
  ['a stream name that is too long', 's'.repeat(nameLimits.stream + 1), [named({})], -1],
  ['a control character in the stream name', 's\n', [named({})], -1],
  ['half a surrogate pair in the stream name', 's\ud800', [named({})], -1],
  ['an empty id', 's', [named({ id: '' })], -1],
  ['an id that is too long', 's', [named({ id: 'i'.repeat(nameLimits.id + 1) })], -1],
  ['a control character in the id', 's', [named({ id: 'a\u007f' })], -1],
  ['a type that is too long', 's', [named({ type: 't'.repeat(nameLimits.type + 1) })], -1],
  ['an expected revision below -1', 's', [named({})], -2],
  ['an expected revision that is a fraction', 's', [named({})], 0.5],
];

export function refusalRules(fresh: Fresh<EventStore>): void {
  it('an append beyond the limits or malformed is refused and writes nothing', async () => {
    const store = await fresh();
    const outcomes: string[] = [];
    for (const [what, stream, events, expected] of refused) {
      const outcome = store.append(stream, events, expected).then(
        () => 'taken',
        (thrown: unknown) => (thrown instanceof AppendRefused ? 'refused' : String(thrown)),
      );
      outcomes.push(`${what}: ${await outcome}`);
    }
    expect(outcomes).toEqual(refused.map(([what]) => `${what}: refused`));
    expect(await store.head()).toBe(origin);
  });

  it('an append may be as large as the limits say', async () => {
    const store = await fresh();
    await store.append('bytes', [sized(appendLimits.bytes - 2)], noEvents);
    const answer = await store.append('events', numbered(appendLimits.events), noEvents);
    expect(appended(answer).revision).toBe(appendLimits.events - 1);
    const name = 's'.repeat(nameLimits.stream);
    expect(appended(await store.append(name, numbered(1), noEvents)).revision).toBe(0);
  });
}
