/// <reference types="jest" />
import { AppendRefused, appendLimits, noEvents, Outage } from '@tidemark/streams';
import { appended, idsOf, numbered, spoken, wholeLog } from './numbered-events.js';
import type { FaultyLog } from './event-store-faults.js';
import { persist, writeThrough } from './persistence.js';

const connections = 4;
const slowMs = 5;

/** Declares what whoever asks a store on a server learns, when answers are lost or late. */
export function eventStoreAnswers(name: string, open: () => Promise<FaultyLog>): void {
  describe(`answers of the event store: ${name}`, () => {
    let opened: FaultyLog | undefined;
    const fresh = async () => (opened = await open());
    afterEach(async () => {
      await opened?.dispose();
      opened = undefined;
    });

    it('an append whose answer is lost is told as ambiguous; repeated, it gives it', async () => {
      const { open: openStore, line } = await fresh();
      const store = await openStore();
      await persist(() => store.append('warm', numbered(1), noEvents));
      // Connections that stand ready: the append is sent, whatever comes of it.
      await Promise.all(Array.from({ length: connections }, () => persist(() => store.head())));
      line.loseAnswers();
      const failure = await store.append('s', numbered(3), noEvents).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      line.mend();
      expect(failure).toBeInstanceOf(Outage);
      expect(failure).toMatchObject({ ambiguous: true, fatal: false });
      const first = await persist(() => store.append('s', numbered(3), noEvents));
      expect(appended(first).revision).toBe(2);
      appended(await persist(() => store.append('s', numbered(1, 'f'), 2)));
      expect(await persist(() => store.append('s', numbered(3), noEvents))).toEqual(first);
      const ids = idsOf(await store.readStream('s', { limit: 10 }));
      expect(ids).toEqual(['e0', 'e1', 'e2', 'f0']);
      const conflict = await persist(() => store.append('s', numbered(1, 'g'), 2));
      expect(conflict).toMatchObject({ ok: false, failure: { code: 'CONFLICT', actual: 3 } });
    });

    it('a slow line keeps the order of every stream', async () => {
      const { open: openStore, line } = await fresh();
      const [store, other] = [await openStore(), await openStore()];
      line.slow(slowMs);
      const writing = [store, other, store].map((one, at) =>
        writeThrough(one, { stream: `s/${at}`, appends: 6, eventsEach: 3 }),
      );
      const wanted = (await Promise.all(writing)).flat();
      const log = await persist(() => wholeLog(other));
      expect(idsOf(log).toSorted()).toEqual(wanted.toSorted());
      for (const stream of ['s/0', 's/1', 's/2']) {
        const inLog = log.filter((event) => event.stream === stream);
        const read = await persist(() => store.readStream(stream, { limit: 100 }));
        expect(inLog.map(spoken)).toEqual(read.map(spoken));
      }
    });

    it('an append that is too large spoils none of those in flight beside it', async () => {
      const store = await (await fresh()).open();
      const data = 'x'.repeat(appendLimits.bytes);
      const sound = Array.from({ length: 20 }, (_, at) =>
        store.append(`s/${at}`, numbered(2), noEvents),
      );
      const large = store.append('large', [{ id: 'a', type: 'T', data }], noEvents);
      await expect(large).rejects.toThrow(AppendRefused);
      const outcomes = await Promise.all(sound);
      expect(outcomes.map((outcome) => appended(outcome).revision)).toEqual(sound.map(() => 1));
    });
  });
}
