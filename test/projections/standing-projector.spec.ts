import { setImmediate as nextTurn } from 'node:timers/promises';
import { openReadModelStore } from '@tidemark/embedded';
import { openMemoryEventStore } from '@tidemark/memory';
import type { Projection } from '@tidemark/projections';
import { projectorWatchLimits, StandingProjector, type Timer } from '@tidemark/runtime';
import type { EventStore, ReadModelStore } from '@tidemark/streams';
import { add, markModel, marksIn } from './mark-model.js';
import { newReadModels, removeReadModels } from './projected-company.js';

const clock = { now: () => 0 };

afterAll(removeReadModels);

/** Time passes when it is let: each wait ends at the next tick, and is counted. */
class Ticks implements Timer {
  waits = 0;
  #waiting: (() => void)[] = [];

  at(_: number, act: () => void): () => void {
    this.waits += 1;
    this.#waiting.push(act);
    return () => undefined;
  }

  tick(): void {
    for (const act of this.#waiting.splice(0)) act();
  }
}

/** A projector in a process of its own, on the rows that all share. */
class Standing {
  readonly ticks = new Ticks();
  readonly turns: string[] = [];
  readonly models: ReadModelStore;
  readonly #stopping = new AbortController();
  readonly #standing: StandingProjector;
  readonly #running: Promise<void>;

  constructor(store: EventStore, models: ReadModelStore, projection: Projection = markModel()) {
    this.models = models;
    this.#standing = new StandingProjector({
      store,
      models,
      clock,
      projections: [projection],
      sleep: () => Promise.resolve(),
      timer: this.ticks,
      onTurn: (turn) => this.turns.push(turn),
    });
    this.#running = this.#standing.run(this.#stopping.signal);
  }

  get isWorking(): boolean {
    return this.#standing.working !== undefined;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.models.close();
  }
}

/** Lets time pass until something holds. */
async function until(holds: () => boolean, ...all: readonly Standing[]): Promise<void> {
  while (!holds()) {
    for (const { ticks } of all) ticks.tick();
    await nextTurn();
  }
}

function opened(projection = markModel()) {
  const store = openMemoryEventStore();
  const path = newReadModels();
  const open = (model = projection): ReadModelStore => openReadModelStore(path, [model.shape]);
  return { store, open, projection };
}

/** Waits until every event of the log is a row. */
async function counted(models: ReadModelStore, model: Projection, events: number): Promise<void> {
  const through = async (): Promise<number> => {
    if ((await models.served(model.shape)) === undefined) return 0;
    return (await marksIn(models, model)).length;
  };
  while ((await through()) < events) await nextTurn();
  const rows = await marksIn(models, model);
  expect(rows.map(({ times }) => times)).toEqual(rows.map(() => 1));
}

/** Holds up writes, as a process that sleeps does, in front of the store. */
function sleeping(models: ReadModelStore) {
  let wake: () => void = () => undefined;
  let asleep: Promise<void> | undefined;
  const waiting = { writes: 0 };
  const store: ReadModelStore = {
    ...models,
    async write(writes) {
      if (asleep !== undefined) waiting.writes += 1;
      await asleep;
      await models.write(writes);
    },
  };
  const sleep = (): void => {
    asleep = new Promise((resolve) => {
      wake = resolve;
    });
  };
  return { store, sleep, waiting, wake: () => wake() };
}

describe('several projectors of the same read models', () => {
  it('one works, and another one takes over when it has left', async () => {
    const { store, open, projection } = opened();
    await add(store, 10);
    const first = new Standing(store, open());
    await until(() => first.isWorking, first);
    const second = new Standing(store, open());
    await counted(second.models, projection, 10);
    for (let look = 0; look < projectorWatchLimits.silentLooks * 3; look += 1) {
      const { waits } = second.ticks;
      await until(() => second.ticks.waits > waits, second);
    }
    expect(second.turns).toEqual([]);
    await first.stop();
    await add(store, 10, 10);
    await until(() => second.isWorking, second);
    await counted(second.models, projection, 20);
    expect(second.turns).toEqual(['works']);
    await second.stop();
  });

  it('one that slept through it writes nothing, stands by, and may work again', async () => {
    const { store, open, projection } = opened();
    const asleep = sleeping(open());
    const first = new Standing(store, asleep.store);
    await until(() => first.isWorking, first);
    await add(store, 10);
    await counted(first.models, projection, 10);
    asleep.sleep();
    await add(store, 10, 10);
    await until(() => asleep.waiting.writes > 0, first);
    const second = new Standing(store, open());
    await until(() => second.isWorking, second);
    await add(store, 10, 20);
    await counted(second.models, projection, 30);
    asleep.wake();
    await until(() => first.turns.length > 1, first);
    expect(first.turns).toEqual(['works', 'standsBy']);
    await counted(second.models, projection, 30);
    await second.stop();
    await add(store, 10, 30);
    await until(() => first.isWorking, first);
    await counted(first.models, projection, 40);
    expect(first.turns).toEqual(['works', 'standsBy', 'works']);
    await first.stop();
  });

  // Few enough for one turn of the file: writers of one process cannot wait for each other.
  it('begin at once where nothing is: one build is served, each event counts once', async () => {
    const { store, open, projection } = opened();
    await add(store, 300);
    const all = [0, 1, 2].map(() => new Standing(store, open()));
    await until(() => all.every(({ turns }) => turns.length > 0), ...all);
    const [one] = all;
    if (one === undefined) throw new Error('There is none.');
    const models = open();
    await counted(models, projection, 300);
    await add(store, 50, 300);
    await counted(models, projection, 350);
    for (const standing of all) await standing.stop();
    const served = (await models.builds('marks')).filter(({ isServed }) => isServed);
    expect(served).toHaveLength(1);
    await models.close();
  });

  it('one of an older release leaves the rows of a newer one alone while it works', async () => {
    const { store, open, projection } = opened();
    const newer = markModel(2);
    await add(store, 10);
    const old = new Standing(store, open());
    await until(() => old.isWorking, old);
    await counted(old.models, projection, 10);
    const next = new Standing(store, open(newer), newer);
    await until(() => next.isWorking, next);
    await counted(next.models, newer, 10);
    await add(store, 10, 10);
    await counted(next.models, newer, 20);
    await until(() => old.turns.length > 1, old);
    const { waits } = old.ticks;
    await until(() => old.ticks.waits > waits + projectorWatchLimits.silentLooks * 3, old);
    expect(old.turns).toEqual(['works', 'standsBy']);
    await next.stop();
    await old.stop();
  });
});
