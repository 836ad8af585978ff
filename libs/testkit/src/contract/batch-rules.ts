/// <reference types="jest" />
import { AppendRefused, appendInChunks, appendLimits, committedOnly } from '@tidemark/streams';
import { logBatches, LogDamaged, noEvents, origin } from '@tidemark/streams';
import type { EventStore, NewEvent } from '@tidemark/streams';
import { appended, idsOf, numbered, wholeLog, type Fresh } from './numbered-events.js';

/** Ids of the events that are committed, by the end of the log. */
async function committed(store: EventStore): Promise<string[]> {
  const ids: string[] = [];
  for await (const batch of committedOnly(logBatches(store, { limit: 3_000 }))) {
    ids.push(...idsOf(batch.events));
  }
  return ids;
}

/** The first events of a batch whose writer died before it came to the last one. */
function torn(id: string, count: number, prefix: string): NewEvent[] {
  return numbered(count, prefix).map((event) => ({ ...event, meta: { batch: { id } } }));
}

const large = appendLimits.events + 5;

export function batchRules(fresh: Fresh<EventStore>): void {
  describe('a batch in chunks', () => {
    it('larger than one append is shown in whole, in order', async () => {
      const store = await fresh();
      const events = numbered(large);
      const batch = { id: 'run-1', events, expected: noEvents };
      const answer = appended(await appendInChunks(store, 's', batch));
      expect(answer).toEqual({ revision: large - 1, position: await store.head() });
      expect(await committed(store)).toEqual(events.map(({ id }) => id));
    });

    it('of many bytes is cut below the limit of one append', async () => {
      const store = await fresh();
      const events = numbered(30).map((event) => ({ ...event, data: 'x'.repeat(100_000) }));
      await appendInChunks(store, 's', { id: 'run-1', events, expected: noEvents });
      expect(await committed(store)).toEqual(events.map(({ id }) => id));
    });

    it('that is torn is not shown, and the next batch stands behind it', async () => {
      const store = await fresh();
      await store.append('s', torn('run-1', 3, 'torn'), noEvents);
      expect(await committed(store)).toEqual([]);
      await store.append('t', numbered(1, 'free'), noEvents);
      expect(await committed(store)).toEqual(['free0']);
      const again = { id: 'run-2', events: numbered(2), expected: 2 };
      expect(appended(await appendInChunks(store, 's', again)).revision).toBe(4);
      expect(await committed(store)).toEqual(['free0', 'e0', 'e1']);
      expect(await wholeLog(store)).toHaveLength(6);
    });

    it('that is torn is dropped when an event without a batch follows in its stream', async () => {
      const store = await fresh();
      await store.append('s', torn('run-1', 3, 'torn'), noEvents);
      await store.append('s', numbered(1), 2);
      expect(await committed(store)).toEqual(['e0']);
    });

    it('repeated at the same expected revision goes on where it stopped', async () => {
      const store = await fresh();
      const events = numbered(large);
      const batch = { id: 'run-1', events, expected: noEvents };
      const halting: EventStore = { ...store, append: haltingAfter(1, store) };
      await expect(appendInChunks(halting, 's', batch)).rejects.toThrow('The writer died.');
      expect(await committed(store)).toEqual([]);
      const first = await appendInChunks(store, 's', batch);
      expect(await appendInChunks(store, 's', batch)).toEqual(first);
      expect(await committed(store)).toEqual(events.map(({ id }) => id));
    });

    it('whose writer meets another one is a conflict and is never shown', async () => {
      const store = await fresh();
      await store.append('s', numbered(1, 'first'), noEvents);
      const batch = { id: 'run-1', events: numbered(3), expected: noEvents };
      expect(await appendInChunks(store, 's', batch)).toMatchObject({ ok: false });
      expect(await committed(store)).toEqual(['first0']);
    });

    it('without events is refused', async () => {
      const store = await fresh();
      const batch = { id: 'run-1', events: [], expected: noEvents };
      await expect(appendInChunks(store, 's', batch)).rejects.toThrow(AppendRefused);
    });
  });

  followingRules(fresh);
}

function followingRules(fresh: Fresh<EventStore>): void {
  describe('whoever follows committed events', () => {
    it('resumes before the oldest open batch, and sees each event once', async () => {
      const store = await fresh();
      const whole = numbered(6).map((event, at) => ({
        ...event,
        meta: { batch: at === 5 ? { id: 'run-1', events: 6 } : { id: 'run-1' } },
      }));
      await store.append('s', whole.slice(0, 2), noEvents);
      await store.append('t', numbered(1, 't'), noEvents);
      await store.append('s', whole.slice(2, 4), 1);
      await store.append('t', numbered(1, 'u'), 0);
      await store.append('s', whole.slice(4), 3);
      for (let limit = 1; limit <= 8; limit += 1) {
        const seen: string[] = [];
        let kept = { resume: origin, through: origin };
        // Restarts after every batch.
        while (kept.through < (await store.head())) {
          const { resume, through } = kept;
          const stretch = logBatches(store, { after: resume, limit });
          for await (const batch of committedOnly(stretch, { after: resume, released: through })) {
            seen.push(...idsOf(batch.events));
            kept = { resume: batch.resume, through: batch.through };
            if (batch.through > through) break;
          }
        }
        expect(seen).toEqual(['t0', 'u0', 'e0', 'e1', 'e2', 'e3', 'e4', 'e5']);
      }
    });

    it('from the middle of a batch is told that its position was not kept as resume', async () => {
      const store = await fresh();
      await appendInChunks(store, 's', { id: 'run-1', events: numbered(3), expected: noEvents });
      const [first] = await wholeLog(store);
      const stretch = logBatches(store, { after: first?.position ?? origin });
      const reading = async () => {
        for await (const batch of committedOnly(stretch)) expect(batch.events).toEqual([]);
      };
      await expect(reading()).rejects.toThrow(LogDamaged);
    });
  });
}

function haltingAfter(appends: number, store: EventStore): EventStore['append'] {
  let left = appends;
  return async (...call) => {
    if (left === 0) throw new Error('The writer died.');
    left -= 1;
    return store.append(...call);
  };
}
