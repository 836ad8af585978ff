/// <reference types="jest" />
import { setTimeout as pause } from 'node:timers/promises';
import { noEvents, origin, Outage } from '@tidemark/streams';
import type { AppendOutcome, EventStore, StoredEvent } from '@tidemark/streams';
import type { FaultyLine } from '../faults/index.js';
import { appended, idsOf, numbered, spoken, wholeLog } from './numbered-events.js';

/** A log on a server, and stores on it whose way to the server can be made to fail. */
export interface FaultyLog {
  /** A store whose calls go over the line; one that answers within about a second or gives up. */
  open(): Promise<EventStore>;
  readonly line: FaultyLine;
  /** Kills the server without a warning and starts it again, where the tests may. */
  readonly restart?: () => Promise<void>;
  dispose(): Promise<void>;
}

export interface FaultScale {
  readonly appendsPerWriter: number;
  readonly eventsPerAppend: number;
  readonly faults: number;
}

const smallScale: FaultScale = { appendsPerWriter: 24, eventsPerAppend: 5, faults: 6 };
const writers = 8;
// A server that starts has better things to do than to refuse calls.
const backoffMs = 50;
/** No test that makes faults may take longer: a server needs seconds to start. */
const faultsMs = ({ faults }: FaultScale): number => 60_000 + faults * 15_000;

/** Declares what a store on a server keeps to when the server or the way to it fails. */
export function eventStoreFaults(
  name: string,
  open: () => Promise<FaultyLog>,
  scale: FaultScale = smallScale,
): void {
  describe(`faults of the event store: ${name}`, () => {
    const opened: FaultyLog[] = [];
    const fresh = async () => {
      const log = await open();
      opened.push(log);
      return log;
    };
    afterEach(async () => {
      for (const log of opened.splice(0)) await log.dispose();
    });

    const cut = 'cut connections lose nothing, repeat nothing and leave the order as it is';
    const cutMany = async () => {
      const log = await fresh();
      let broken = 0;
      await underFaults(log, scale, async () => void (broken += log.line.cut()));
      expect(broken).toBeGreaterThan(0);
    };
    it(cut, cutMany, faultsMs(scale));

    const killed = 'a server that is killed and started again has lost nothing acknowledged';
    const killOften = async () => {
      const log = await fresh();
      const { restart } = log;
      // A server that the tests may not kill has its connections cut instead.
      const outages = await underFaults(log, scale, restart ?? (async () => void log.line.cut()));
      if (restart !== undefined) expect(outages).toBeGreaterThan(0);
    };
    it(killed, killOften, faultsMs(scale));

    const turns = 'appends of one turn that a cut connection meets leave a beginning of them';
    it(turns, async () => turnsUnderCuts(await fresh(), scale.faults), faultsMs(scale));

    it('a frozen append is an ambiguous outage, and its repeat tells', async () => {
      const { open: openStore, line } = await fresh();
      const store = await openStore();
      await store.append('s', numbered(2), noEvents);
      line.freeze();
      const frozen = store.append('s', numbered(3, 'f'), 1);
      await expect(frozen).rejects.toMatchObject({ name: 'Outage', ambiguous: true });
      await expect(store.head()).rejects.toThrow(Outage);
      line.thaw();
      const { outcome } = await answered(() => store.append('s', numbered(3, 'f'), 1));
      expect(appended(outcome)).toEqual({ revision: 4, position: await store.head() });
      expect(idsOf(await wholeLog(store))).toEqual(['e0', 'e1', 'f0', 'f1', 'f2']);
    });

    it('a frozen follower gives up or goes on, and misses nothing', async () => {
      const { open: openStore, line } = await fresh();
      const store = await openStore();
      const stop = new AbortController();
      const seen: StoredEvent[] = [];
      const following = followThrough(store, seen, { total: 30, stop });
      await answered(() => store.append('s', numbered(10), noEvents));
      line.freeze();
      const frozen = answered(() => store.append('s', numbered(10, 'f'), 9));
      await expect(store.head()).rejects.toThrow(Outage);
      line.thaw();
      await frozen;
      await answered(() => store.append('s', numbered(10, 'g'), 19));
      await following;
      expect(seen.map(spoken)).toEqual((await wholeLog(store)).map(spoken));
    });
  });
}

/**
 * Eight writers and a follower while faults happen; then what stands there is looked at. Gives the
 * number of appends that had to be repeated.
 */
async function underFaults(
  log: FaultyLog,
  scale: FaultScale,
  fault: () => Promise<void>,
): Promise<number> {
  const [writing, reading] = [await log.open(), await log.open()];
  const total = writers * scale.appendsPerWriter * scale.eventsPerAppend;
  const progress = { appends: 0, outages: 0 };
  const stop = new AbortController();
  const seen: StoredEvent[] = [];
  const following = followThrough(reading, seen, { total, stop });
  const every = Math.ceil((writers * scale.appendsPerWriter) / (scale.faults + 1));
  let faults: Promise<void> = Promise.resolve();
  const onAppend = () => {
    progress.appends += 1;
    if (progress.appends % every === 0) faults = faults.then(fault);
  };
  const all = await Promise.all(
    Array.from({ length: writers }, (_, at) => write(writing, { at, scale, progress, onAppend })),
  );
  await faults;
  await following;
  const whole = await untilServed(() => wholeLog(reading));
  expect(idsOf(whole).toSorted()).toEqual(all.flat().toSorted());
  expect(seen.map(spoken)).toEqual(whole.map(spoken));
  const revisions = new Map<string, number>();
  for (const { stream, revision } of whole) {
    expect(revision).toBe((revisions.get(stream) ?? noEvents) + 1);
    revisions.set(stream, revision);
  }
  return progress.outages;
}

const appendsPerTurn = 200;

/** Turn after turn, each cut off at another place and then made again. */
async function turnsUnderCuts({ open, line }: FaultyLog, faults: number): Promise<void> {
  const [writing, reading] = [await open(), await open()];
  const wanted: string[] = [];
  for (let turn = 0; turn < faults; turn += 1) {
    const calls = Array.from({ length: appendsPerTurn }, (_, at) => {
      return { stream: `s${at}`, events: numbered(2, `t${turn}-${at}-`) };
    });
    const make = () =>
      calls.map(({ stream, events }) => writing.append(stream, events, 2 * turn - 1));
    const first = make();
    // The answers come in the order of the calls.
    await first[Math.floor((turn * appendsPerTurn) / faults)]?.catch(String);
    line.cut();
    await Promise.allSettled(first);
    wanted.push(...calls.flatMap(({ events }) => events.map(({ id }) => id)));
    const left = idsOf(await untilServed(() => wholeLog(reading)));
    expect(left).toEqual(wanted.slice(0, left.length));
    for (const outcome of await untilServed(() => Promise.all(make()))) {
      expect(appended(outcome).revision).toBe(2 * turn + 1);
    }
    expect(idsOf(await untilServed(() => wholeLog(reading)))).toEqual(wanted);
  }
}

interface Writing {
  readonly at: number;
  readonly scale: FaultScale;
  readonly progress: { outages: number };
  readonly onAppend: () => void;
}

async function write(store: EventStore, writing: Writing): Promise<string[]> {
  const { at, scale, onAppend } = writing;
  const ids: string[] = [];
  let last = noEvents;
  for (let turn = 0; turn < scale.appendsPerWriter; turn += 1) {
    const events = numbered(scale.eventsPerAppend, `w${at}-${turn}-`);
    const { outcome, outages } = await answered(() => store.append(`own/${at}`, events, last));
    last = appended(outcome).revision;
    writing.progress.outages += outages;
    ids.push(...events.map(({ id }) => id));
    onAppend();
  }
  return ids;
}

/** Repeats the very same append until there is an answer. */
async function answered(
  append: () => Promise<AppendOutcome>,
): Promise<{ outcome: AppendOutcome; outages: number }> {
  let outages = 0;
  const outcome = await untilServed(append, () => (outages += 1));
  return { outcome, outages };
}

async function untilServed<Answer>(
  call: () => Promise<Answer>,
  onOutage: () => void = () => undefined,
): Promise<Answer> {
  for (;;) {
    try {
      return await call();
    } catch (thrown) {
      if (!(thrown instanceof Outage)) throw thrown;
      onOutage();
      await pause(backoffMs);
    }
  }
}

/** Follows until so many events have come, again and again after the last batch. */
async function followThrough(
  store: EventStore,
  seen: StoredEvent[],
  { total, stop }: { total: number; stop: AbortController },
): Promise<void> {
  let after = origin;
  const rest = async () => {
    for await (const batch of store.follow({ after, signal: stop.signal })) {
      expect(batch.through > after).toBe(true);
      after = batch.through;
      seen.push(...batch.events);
      if (seen.length >= total) return;
    }
  };
  await untilServed(rest);
}
