/// <reference types="jest" />
import { AppendRefused, appendLimits, noEvents, Outage } from '@tidemark/streams';
import type { EventStore } from '@tidemark/streams';
import type { FaultyLine } from '../faults/index.js';
import { appended, idsOf, numbered, spoken, wholeLog } from './numbered-events.js';
import { followThrough, persist, writeThrough } from './persistence.js';

/** An empty store that is reached through a line, and what can be done to it. */
export interface OpenedFaultyStore {
  /** Its calls give up after about a second. */
  readonly store: EventStore;
  /** Another one on the same log, as another process would have it, on a line without faults. */
  readonly beside: EventStore;
  readonly line: FaultyLine;
  /** Kills the server with SIGKILL and starts it again. */
  restart?(): Promise<void>;
  dispose(): Promise<void>;
}

const writers = 4;
const appends = 24;
const eventsEach = 3;
const total = writers * appends * eventsEach;

/** Declares what every event store behind a network does when server or line go wrong. */
export function eventStoreFaultContract(
  name: string,
  open: () => Promise<OpenedFaultyStore>,
  { restarts }: { readonly restarts: boolean },
): void {
  describe(`the event store contract under faults: ${name}`, () => {
    let opened: OpenedFaultyStore | undefined;
    const fresh = async () => (opened = await open());
    afterEach(async () => {
      await opened?.dispose();
      opened = undefined;
    });
    lineRules(fresh);
    answerRules(fresh);
    if (restarts) restartRules(fresh);
  });
}

/** Writes and follows while `fault` is called after every so many acknowledged appends. */
async function underFaults(
  { store, beside }: OpenedFaultyStore,
  every: number,
  fault: (count: number) => void,
): Promise<void> {
  let acknowledgedAppends = 0;
  const acknowledged = () => {
    acknowledgedAppends += 1;
    if (acknowledgedAppends % every === 0) fault(acknowledgedAppends / every);
  };
  const followers = [followThrough(store, total), followThrough(beside, total)];
  const writing = Array.from({ length: writers }, (_, at) =>
    writeThrough(store, { stream: `s/${at}`, appends, eventsEach, acknowledged }),
  );
  const wanted = (await Promise.all(writing)).flat();
  const late = followThrough(beside, total);
  const log = await persist(() => wholeLog(beside));
  expect(idsOf(log).toSorted()).toEqual(wanted.toSorted());
  for (const seen of await Promise.all([...followers, late])) {
    expect(seen.map(spoken)).toEqual(log.map(spoken));
  }
}

function lineRules(fresh: () => Promise<OpenedFaultyStore>): void {
  it('a line that is cut again and again loses nothing and repeats nothing', async () => {
    const opened = await fresh();
    let cuts = 0;
    await underFaults(opened, 8, () => {
      cuts += 1;
      opened.line.cut();
    });
    expect(cuts).toBe((writers * appends) / 8);
  });

  it('a slow line keeps the order', async () => {
    const opened = await fresh();
    opened.line.slow(5);
    await underFaults(opened, 1_000, () => undefined);
  });

  it('a line that stands still ends every call in time, and all goes on when it moves', async () => {
    const { store, beside, line } = await fresh();
    const [first, second] = [numbered(1), numbered(1, 'f')];
    await persist(() => store.append('s', first, noEvents));
    const following = followThrough(store, 2);
    line.freeze();
    const calls = [
      store.append('s', second, 0),
      store.readStream('s', { limit: 1 }),
      store.readAll({ limit: 1 }),
      store.head(),
    ];
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'Outage' } });
    }
    line.thaw();
    const answer = appended(await persist(() => store.append('s', second, 0)));
    expect(answer.revision).toBe(1);
    expect(idsOf(await following)).toEqual(['e0', 'f0']);
    expect(idsOf(await wholeLog(beside))).toEqual(['e0', 'f0']);
  });
}

function answerRules(fresh: () => Promise<OpenedFaultyStore>): void {
  it('an append whose answer is lost is told as ambiguous; repeated, it gives that answer', async () => {
    const { store, beside, line } = await fresh();
    await persist(() => store.append('warm', numbered(1), noEvents));
    // Connections that stand ready: the append is sent, whatever comes of it.
    await Promise.all(Array.from({ length: writers }, () => persist(() => store.head())));
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
    appended(await beside.append('s', numbered(1, 'f'), 2));
    expect(await persist(() => store.append('s', numbered(3), noEvents))).toEqual(first);
    expect(idsOf(await beside.readStream('s', { limit: 10 }))).toEqual(['e0', 'e1', 'e2', 'f0']);
    const conflict = await persist(() => store.append('s', numbered(1, 'g'), 2));
    expect(conflict).toMatchObject({ ok: false, failure: { code: 'CONFLICT', actual: 3 } });
  });

  it('an append that is too large spoils none of those in flight beside it', async () => {
    const { store } = await fresh();
    const data = 'x'.repeat(appendLimits.bytes);
    const sound = Array.from({ length: 20 }, (_, at) =>
      store.append(`s/${at}`, numbered(2), noEvents),
    );
    const large = store.append('large', [{ id: 'a', type: 'T', data }], noEvents);
    await expect(large).rejects.toThrow(AppendRefused);
    const outcomes = await Promise.all(sound);
    expect(outcomes.map((outcome) => appended(outcome).revision)).toEqual(sound.map(() => 1));
  });
}

function restartRules(fresh: () => Promise<OpenedFaultyStore>): void {
  it('a server that is killed and started again has everything acknowledged, once', async () => {
    const opened = await fresh();
    const restarts: Promise<void>[] = [];
    await underFaults(opened, 32, () => {
      const before = restarts.at(-1) ?? Promise.resolve();
      restarts.push(before.then(() => opened.restart?.()));
    });
    expect(restarts).toHaveLength((writers * appends) / 32);
    await Promise.all(restarts);
  });
}
