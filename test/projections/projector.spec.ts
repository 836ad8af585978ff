import { setImmediate as nextTurn } from 'node:timers/promises';
import { openReadModelStore } from '@tidemark/embedded';
import { openMemoryEventStore } from '@tidemark/memory';
import type { Projection } from '@tidemark/projections';
import { createProjector, ReadModels } from '@tidemark/runtime';
import { LogDamaged, Outage, type EventStore, type ReadModelStore } from '@tidemark/streams';
import { add, markModel, marksIn } from './mark-model.js';
import { newReadModels, Projected, removeReadModels } from './projected-company.js';
import { opened, steps } from '../planned-company.js';

const clock = { now: () => 1_700_000_000_000 };
function projectorOf(
  { store, models }: { readonly store: EventStore; readonly models: ReadModelStore },
  projection: Projection,
) {
  const failures: unknown[] = [];
  const projector = createProjector({
    store,
    models,
    clock,
    projections: [projection],
    sleep: () => Promise.resolve(),
  });
  return { projector, failures, start: () => projector.start((one) => failures.push(one)) };
}

afterAll(removeReadModels);

describe('a rebuild', () => {
  it('goes on beside the build that is served: readers see one of them, never a mix', async () => {
    const store = openMemoryEventStore();
    const marks = markModel();
    const models = openReadModelStore(newReadModels(), [marks.shape]);
    await add(store, 4_000);
    const { projector, start, failures } = projectorOf({ store, models }, marks);
    await start();
    await projector.reached(await store.head());
    marks.build = 'new';
    let isDone = false;
    const rebuilding = projector.rebuild(['marks']).finally(() => (isDone = true));
    const seen: string[] = [];
    while (!isDone) {
      const rows = await marksIn(models, marks);
      expect(rows.length).toBe(4_000);
      await nextTurn();
      seen.push([...new Set(rows.map(({ build }) => String(build)))].join());
    }
    await rebuilding;
    expect(new Set(seen)).not.toContain('new,old');
    expect(seen[0]).toBe('old');
    expect(new Set((await marksIn(models, marks)).map(({ build }) => build))).toEqual(
      new Set(['new']),
    );
    // The new build goes on by itself.
    await add(store, 10, 4_000);
    await projector.reached(await store.head());
    expect((await marksIn(models, marks)).length).toBe(4_010);
    await projector.stop();
    await models.close();
    expect(failures).toEqual([]);
  });

  it('keeps up with a log that grows meanwhile, and counts every event once', async () => {
    const store = openMemoryEventStore();
    const marks = markModel();
    const models = openReadModelStore(newReadModels(), [marks.shape]);
    await add(store, 1_500);
    const { projector, start, failures } = projectorOf({ store, models }, marks);
    await start();
    const rebuilding = projector.rebuild(['marks']);
    for (let from = 1_500; from < 3_000; from += 100) await add(store, 100, from);
    await rebuilding;
    await projector.rebuild(['marks']);
    await projector.reached(await store.head());
    const rows = await marksIn(models, marks);
    expect(rows.length).toBe(3_000);
    expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
    await projector.stop();
    await models.close();
    expect(failures).toEqual([]);
  });
});

describe('a read model of another version', () => {
  it('is built at the start, and the one before it is gone', async () => {
    const store = openMemoryEventStore();
    const path = newReadModels();
    await add(store, 20);
    for (const version of [1, 2]) {
      const marks = markModel(version);
      const models = openReadModelStore(path, [marks.shape]);
      const { projector, start, failures } = projectorOf({ store, models }, marks);
      await start();
      await projector.reached(await store.head());
      expect((await marksIn(models, marks)).length).toBe(20);
      await projector.stop();
      await models.close();
      expect(failures).toEqual([]);
    }
  });

  it('of another log, which is shorter, is built again', async () => {
    const path = newReadModels();
    for (const length of [30, 12]) {
      const store = openMemoryEventStore();
      await add(store, length);
      const marks = markModel();
      const models = openReadModelStore(path, [marks.shape]);
      const { projector, start } = projectorOf({ store, models }, marks);
      await start();
      await projector.reached(await store.head());
      expect((await marksIn(models, marks)).length).toBe(length);
      await projector.stop();
      await models.close();
    }
  });
});

describe('a projector', () => {
  it('adds nothing twice when nobody knows whether a write came through', async () => {
    const store = openMemoryEventStore();
    const marks = markModel();
    const models = openReadModelStore(newReadModels(), [marks.shape]);
    let writes = 0;
    const unsure: ReadModelStore = {
      ...models,
      async write(wanted) {
        writes += 1;
        if (writes % 3 === 1) throw new Outage('unavailable', 'It is away.');
        await models.write(wanted);
        if (writes % 3 === 2) throw new Outage('timeout', 'No answer.', { ambiguous: true });
      },
    };
    const { projector, start, failures } = projectorOf({ store, models: unsure }, marks);
    await start();
    for (let from = 0; from < 60; from += 20) {
      await add(store, 20, from);
      await projector.reached(await store.head());
    }
    const rows = await marksIn(models, marks);
    expect(rows.length).toBe(60);
    expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
    expect(writes).toBeGreaterThan(3);
    await projector.stop();
    await models.close();
    expect(failures).toEqual([]);
  });

  it('says what stopped it, and lets nobody wait', async () => {
    const store = openMemoryEventStore();
    const models = openReadModelStore(newReadModels(), [markModel().shape]);
    const broken: Projection = {
      ...markModel(),
      fold: () => {
        throw new Error('a defect of the projection');
      },
    };
    const { projector, start, failures } = projectorOf({ store, models }, broken);
    await start();
    await add(store, 1);
    await projector.reached(await store.head());
    expect(failures).toMatchObject([{ message: 'a defect of the projection' }]);
    expect(projector.failure).toBe(failures[0]);
    const reading = new ReadModels({ store: models, bell: projector.bell });
    expect(await reading.reach(broken.shape, await store.head(), 60_000)).toBe('');
    await projector.stop();
    await models.close();
  });
});

describe('half a revision', () => {
  it('is never shown, and one that lacks a part stops the projector', async () => {
    const acme = await opened();
    await steps[0]?.(acme);
    await acme.planner.catchUp();
    const projected = await new Projected(acme.store).start();
    const plan = 'plan/acme/exact';
    const [commit, chunk] = await acme.store.readStream(plan, {
      limit: 2,
      direction: 'backwards',
    });
    const next = { ...(commit?.data as object), revision: 99 };
    const part = { ...(chunk?.data as object), revision: 99 };
    const batch = { id: 'half' };
    const write = (id: string, type: string, data: object, meta: object, expected: number) =>
      acme.store.append(plan, [{ id, type, data, meta: { batch: meta } }], expected);
    const last = commit?.revision ?? 0;
    await write('half-0', 'PlanRevisionChunk', part, batch, last);
    await projected.projector.reached(await acme.store.head());
    const reader = projected.reader(acme);
    const wanted = { plan: 'exact', list: 'orders' } as const;
    const before = await reader.plan(wanted, async ({ stand }) => stand.revision);
    expect(before).toMatchObject({
      ok: true,
      value: (commit?.data as { revision: number }).revision,
    });
    await write('lone', 'PlanRevisionCommitted', next, { id: 'lone', events: 1 }, last + 1);
    await projected.projector.reached(await acme.store.head());
    expect(projected.failures).toMatchObject([{ name: LogDamaged.name }]);
    expect(await reader.plan(wanted, async ({ stand }) => stand.revision)).toEqual(before);
    await projected.stop();
  });
});
