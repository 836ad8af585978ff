/// <reference types="jest" />
import { lastRevisionOf, noEvents, origin } from '@tidemark/streams';
import type { EventStore } from '@tidemark/streams';
import { appended, numbered } from './numbered-events.js';
import { persist } from './persistence.js';

/** Stores on one empty log, each as a process of its own would have it. */
export interface OpenedForWriters {
  readonly writers: readonly EventStore[];
  readonly followers: readonly EventStore[];
  dispose(): Promise<void>;
}

export interface HeldWriting {
  /** Events to write in all, and seconds after which it is enough. */
  readonly events: number;
  readonly seconds: number;
  /** Told what was done. */
  tell(said: string): void;
}

const eventsPerAppend = 100;

/**
 * Eight writers at once, whose transactions the adapter's spec holds open for a while at random:
 * whoever follows meanwhile sees every event once and in commit order, and skips none.
 */
export function heldWritersContract(
  name: string,
  open: () => Promise<OpenedForWriters>,
  { events, seconds, tell }: HeldWriting,
): void {
  it(
    `followers skip none of the events of many writers: ${name}`,
    async () => {
      const { writers, followers, dispose } = await open();
      try {
        const startedAt = performance.now();
        const budget = { left: events, until: startedAt + seconds * 1_000 };
        const done = new AbortController();
        const following = followers.map((store) => watch(store, done.signal));
        const written = await Promise.all(writers.map((store, at) => write(store, at, budget)));
        const total = written.reduce((sum, one) => sum + one, 0);
        const [reader] = followers;
        const wanted = await wholeCount(reader);
        expect(wanted).toBe(total);
        const late = followers.map((store) => watch(store, done.signal));
        for (const one of [...following, ...late]) expect(await one.seen(total)).toBe(total);
        done.abort();
        const took = (performance.now() - startedAt) / 1_000;
        const rate = `${writers.length} writers in ${took.toFixed(1)} s`;
        tell(`${name}: ${total} events of ${rate}, 0 left out`);
        expect(total).toBeGreaterThan(writers.length * eventsPerAppend);
      } finally {
        await dispose();
      }
    },
    (seconds + 120) * 1_000,
  );
}

/** Appends to a stream of its own, and now and then to one that all share. */
async function write(
  store: EventStore,
  writer: number,
  budget: { left: number; readonly until: number },
): Promise<number> {
  let own = noEvents;
  let count = 0;
  for (let round = 0; budget.left > 0 && performance.now() < budget.until; round += 1) {
    budget.left -= eventsPerAppend;
    const events = numbered(eventsPerAppend, `w${writer}-`, count);
    const shared = round % 10 === 9;
    if (shared) await appendShared(store, events);
    else {
      const expected = own;
      const answer = await persist(() => store.append(`own/${writer}`, events, expected));
      own = appended(answer).revision;
    }
    count += eventsPerAppend;
  }
  return count;
}

async function appendShared(
  store: EventStore,
  events: Parameters<EventStore['append']>[1],
): Promise<void> {
  for (let expected = await lastRevisionOf(store, 'shared'); ;) {
    const at = expected;
    const outcome = await persist(() => store.append('shared', events, at));
    if (outcome.ok) return;
    expected = outcome.failure.actual;
  }
}

async function wholeCount(store: EventStore | undefined): Promise<number> {
  let count = 0;
  for (let after = origin; store !== undefined;) {
    const batch = await store.readAll({ after, limit: 10_000 });
    count += batch.events.length;
    after = batch.through;
    if (batch.atHead) break;
  }
  return count;
}

/** Follows, and checks of every event that it comes next in its stream and later in the log. */
function watch(store: EventStore, signal: AbortSignal) {
  const next = new Map<string, number>();
  let before = origin;
  let count = 0;
  let wake: () => void = () => undefined;
  let failure: unknown;
  const following = async () => {
    for await (const batch of store.follow({ signal })) {
      for (const { stream, revision, position } of batch.events) {
        const wanted = next.get(stream) ?? 0;
        if (revision !== wanted || position <= before) {
          throw new Error(`${stream} ${revision} came at ${position}, not ${wanted}.`);
        }
        next.set(stream, revision + 1);
        before = position;
        count += 1;
      }
      wake();
    }
  };
  following().catch((thrown: unknown) => {
    failure = thrown;
    wake();
  });
  return {
    /** How many it has seen, as soon as it is so many. */
    async seen(total: number): Promise<number> {
      while (failure === undefined && count < total) {
        await new Promise<void>((resolve) => (wake = resolve));
      }
      if (failure !== undefined) throw failure;
      return count;
    },
  };
}
