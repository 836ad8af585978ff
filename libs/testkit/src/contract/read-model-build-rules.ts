/// <reference types="jest" />
import { origin, ReadModelNotReady, StoreClosed } from '@tidemark/streams';
import type { ReadModelStore, RowChange } from '@tidemark/streams';
import { at, idsIn, item, select, serveRows, stockShape, writeOn } from './stock-model.js';
import type { OpenReadModels } from './stock-model.js';

const shape = stockShape();

/** A reader that writes do not hold back meets one of so many; one that waits meets none. */
const WRITES_TO_MEET = 20;
const ROWS_OF_A_WRITE = 10_000;

export function checkpointRules(fresh: OpenReadModels): void {
  describe('a write', () => wholeRules(fresh));
  describe('a write', () => {
    it('puts rows and checkpoint together: all of it or nothing', async () => {
      const store = await fresh([shape]);
      const generation = await serveRows(store, shape, [item('A')]);
      await writeOn(store, generation, { changes: [item('B')], checkpoint: at(7) });
      expect(await idsIn(store, shape)).toEqual(['A', 'B']);
      expect(await store.checkpointOf(generation)).toEqual(at(7));
      const broken = [item('C'), { table: 'items', put: { site: 'no key' } }];
      const writing = writeOn(store, generation, { changes: broken, checkpoint: at(8) });
      await expect(writing).rejects.toThrow();
      expect(await idsIn(store, shape)).toEqual(['A', 'B']);
      expect(await store.checkpointOf(generation)).toEqual(at(7));
      // A failure does not stop the writes after it.
      await writeOn(store, generation, { changes: [item('D')], checkpoint: at(9) });
      expect(await store.read((reader) => reader.checkpoint(shape))).toEqual(at(9));
    });

    it('replaces the whole row on put, sums up on add, and removes by values', async () => {
      const store = await fresh([shape]);
      const add = (site: string, more: object): RowChange => ({
        table: 'totals',
        add: { site, ...more },
      });
      const generation = await serveRows(store, shape, [
        item('A', { site: 'S1', level: 1, note: 'x' }),
        item('A', { level: 2 }),
        item('B', { site: 'S2' }),
        item('C', { site: 'S2', level: 5 }),
        item('D'),
        add('S1', { quantity: 5, lines: 1, last: 'a' }),
        add('S1', { quantity: -7, last: 'b' }),
        add('S2', { lines: 1 }),
        add('S2', { quantity: 3, lines: 1 }),
      ]);
      const rows = await select(store, shape, { table: 'items', where: { id: 'A' } });
      expect(rows).toEqual([{ id: 'A', site: null, level: 2, note: null }]);
      expect(await select(store, shape, { table: 'totals', orderBy: ['site'] })).toEqual([
        { site: 'S1', quantity: -2, lines: 1, last: 'b' },
        { site: 'S2', quantity: 3, lines: 2, last: null },
      ]);
      const remove = (values: RowChange & { remove: object }) =>
        writeOn(store, generation, { changes: [values], checkpoint: at(2) });
      await remove({ table: 'items', remove: { site: 'S2' } });
      expect(await idsIn(store, shape)).toEqual(['A', 'D']);
      await remove({ table: 'items', remove: { site: null, level: null } });
      expect(await idsIn(store, shape)).toEqual(['A']);
      await expect(remove({ table: 'items', remove: {} })).rejects.toThrow('names no column');
      expect(await idsIn(store, shape)).toEqual(['A']);
    });
  });
}

function wholeRules(fresh: OpenReadModels): void {
  it('of several models is one transaction', async () => {
    const other = stockShape(1, 'other');
    const store = await fresh([shape, other]);
    const first = await serveRows(store, shape, []);
    const second = await serveRows(store, other, []);
    const after = at(1).through;
    const writes = [
      { generation: first, after, changes: [item('A')], checkpoint: at(5) },
      {
        generation: second,
        after,
        changes: [{ table: 'none', put: { id: 'A' } }],
        checkpoint: at(5),
      },
    ];
    await expect(store.write(writes)).rejects.toThrow('other has no table none');
    expect(await idsIn(store, shape)).toEqual([]);
    expect(await store.checkpointOf(first)).toEqual(at(1));
  });

  it('takes changes that are made meanwhile, and none of them if making them fails', async () => {
    const store = await fresh([shape]);
    const generation = await serveRows(store, shape, []);
    function* made(ids: string, isBroken = false): Generator<RowChange, void, void> {
      for (const id of ids) yield item(id);
      if (isBroken) throw new Error('no more changes');
    }
    await writeOn(store, generation, { changes: made('ABC'), checkpoint: at(2) });
    const writing = writeOn(store, generation, { changes: made('DE', true), checkpoint: at(3) });
    await expect(writing).rejects.toThrow('no more changes');
    expect(await idsIn(store, shape)).toEqual(['A', 'B', 'C']);
    expect(await store.checkpointOf(generation)).toEqual(at(2));
  });
}

export function buildRules(fresh: OpenReadModels): void {
  describe('a build', () => {
    it('answers nothing until it is served, and begins at the origin', async () => {
      const store = await fresh([shape]);
      expect(await store.served(shape)).toBeUndefined();
      await expect(idsIn(store, shape)).rejects.toThrow(ReadModelNotReady);
      const generation = await store.create(shape);
      expect(await store.checkpointOf(generation)).toEqual({ through: origin, resume: origin });
      await expect(idsIn(store, shape)).rejects.toThrow(ReadModelNotReady);
      await store.serve(generation);
      expect(await idsIn(store, shape)).toEqual([]);
      expect(await store.served(shape)).toEqual(generation);
    });

    it('is made beside the one that is served, which goes on, until it takes over', async () => {
      const store = await fresh([shape]);
      const served = await serveRows(store, shape, [item('old')]);
      const built = await store.create(shape);
      await store.write([
        { generation: built, after: origin, changes: [item('new')], checkpoint: at(3) },
        {
          generation: served,
          after: at(1).through,
          changes: [item('older')],
          checkpoint: at(9),
        },
      ]);
      expect(await idsIn(store, shape)).toEqual(['old', 'older']);
      expect(await store.served(shape)).toEqual(served);
      await store.serve(built);
      expect(await idsIn(store, shape)).toEqual(['new']);
      expect(await store.read((reader) => reader.checkpoint(shape))).toEqual(at(3));
      await expect(store.checkpointOf(served)).rejects.toThrow('is gone');
      const late = { generation: served, after: at(9).through, changes: [], checkpoint: at(10) };
      await expect(store.write([late])).rejects.toThrow('is gone');
    });

    it('takes over between two reads, never inside one', async () => {
      const store = await fresh([shape]);
      await serveRows(store, shape, [item('A')]);
      const built = await store.create(shape);
      await writeOn(store, built, { changes: [item('B')], checkpoint: at(4) });
      const seen = await store.read(async (reader) => {
        const before = await reader.select(shape, { table: 'items' });
        await store.serve(built);
        const after = await reader.select(shape, { table: 'items' });
        return [
          before,
          after,
          await reader.checkpoint(shape),
          await reader.count(shape, { table: 'items' }),
        ];
      });
      const row = { id: 'A', site: null, level: null, note: null };
      expect(seen).toEqual([[row], [row], at(1), 1]);
      expect(await idsIn(store, shape)).toEqual(['B']);
    });
  });

  describe('a build', () => versionRules(fresh));
  closingRules(fresh);
}

function versionRules(fresh: OpenReadModels): void {
  it('of another version is not served to those who ask for this one', async () => {
    const newer = stockShape(2);
    const store = await fresh([newer]);
    await serveRows(store, shape, []);
    await expect(idsIn(store, newer)).rejects.toThrow(ReadModelNotReady);
    expect(await store.served(newer)).toBeUndefined();
    await serveRows(store, newer, [item('A')]);
    expect(await idsIn(store, newer)).toEqual(['A']);
    expect(await store.served(shape)).toBeUndefined();
  });

  it('may be discarded; the one that is served stays', async () => {
    const store = await fresh([shape]);
    const served = await serveRows(store, shape, [item('A')]);
    const built = await store.create(shape);
    await store.discard(built);
    await expect(store.serve(built)).rejects.toThrow('is gone');
    expect(await store.served(shape)).toEqual(served);
    expect(await idsIn(store, shape)).toEqual(['A']);
  });
}

function closingRules(fresh: OpenReadModels): void {
  describe('reads', () => {
    it('are answered while a write is open, from the moment before it', async () => {
      const store = await fresh([shape]);
      const generation = await serveRows(store, shape, [item('A')]);
      let rows = 1;
      let answers = 0;
      for (let write = 2; answers === 0 && write < 2 + WRITES_TO_MEET; write += 1) {
        const changes = Array.from({ length: ROWS_OF_A_WRITE }, (_, n) => item(`N${write}-${n}`));
        const written = writeOn(store, generation, { changes, checkpoint: at(write) });
        answers += await countsDuring(store, written, rows);
        rows += ROWS_OF_A_WRITE;
      }
      expect(answers).toBeGreaterThan(0);
      expect(await countIn(store)).toBe(rows);
    });

    it('of any number at once are answered, and closing waits for them', async () => {
      const store = await fresh([shape]);
      await serveRows(store, shape, [item('A')]);
      const answers = Array.from({ length: 50 }, () => idsIn(store, shape));
      const all = Promise.allSettled(answers);
      await Promise.all([store.close(), store.close()]);
      const outcomes = await all;
      expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') expect(outcome.value).toEqual(['A']);
        else expect(outcome.reason).toBeInstanceOf(StoreClosed);
      }
      await expect(idsIn(store, shape)).rejects.toThrow(StoreClosed);
      await expect(store.create(shape)).rejects.toThrow(StoreClosed);
    });
  });
}

/**
 * Counts the rows again and again until a write is done; gives how often the answer was the one of
 * before it. Rows may be there whole before the writer hears of it, never in part.
 */
async function countsDuring(store: ReadModelStore, write: Promise<void>, before: number) {
  let written = false;
  const writing = write.finally(() => (written = true));
  let answers = 0;
  while (!written) {
    const count = await countIn(store);
    expect([before, before + ROWS_OF_A_WRITE]).toContain(count);
    if (count === before) answers += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await writing;
  return answers;
}

function countIn(store: ReadModelStore): Promise<number> {
  return store.read((reader) => reader.count(shape, { table: 'items' }));
}
