/// <reference types="jest" />
import { BuildGone, CheckpointMoved } from '@tidemark/streams';
import type { RowChange } from '@tidemark/streams';
import { at, idsIn, item, select, serveRows, stockShape, writeOn } from './stock-model.js';
import type { OpenSharedReadModels } from './stock-model.js';

const shape = stockShape();

const adding = (quantity: number): RowChange => ({ table: 'totals', add: { site: 'S', quantity } });

export function writerRules(open: OpenSharedReadModels): void {
  describe('two writers', () => {
    it('of a build: the one that does not know where it stands writes nothing', async () => {
      const { store, beside } = await open([shape]);
      const other = await beside();
      const generation = await serveRows(store, shape, [adding(5)]);
      const { through: after } = await other.checkpointOf(generation);
      await writeOn(store, generation, { changes: [adding(2)], checkpoint: at(2) });
      const late = { generation, after, changes: [adding(2)], checkpoint: at(2) };
      const refused = await other.write([late]).catch((failure: unknown) => failure);
      expect(refused).toBeInstanceOf(CheckpointMoved);
      expect(refused).toMatchObject({ found: at(2).through });
      // Not a second time either, nor by way of the builds beside it.
      await expect(other.write([late])).rejects.toThrow(CheckpointMoved);
      expect(await other.checkpointOf(generation)).toEqual(at(2));
      const totals = await select(store, shape, { table: 'totals' });
      expect(totals).toMatchObject([{ quantity: 7 }]);
      await writeOn(other, generation, { changes: [adding(1)], checkpoint: at(3) });
      expect(await select(store, shape, { table: 'totals' })).toMatchObject([{ quantity: 8 }]);
    });

    it('of a build at once: one of them writes, row by row', async () => {
      const { store, beside } = await open([shape]);
      const other = await beside();
      const generation = await serveRows(store, shape, [adding(1)]);
      for (let round = 2; round <= 8; round += 1) {
        const { through: after } = await store.checkpointOf(generation);
        const write = { generation, after, changes: [adding(1)], checkpoint: at(round) };
        const both = await Promise.allSettled([store.write([write]), other.write([write])]);
        expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
        const failed = both.find((outcome) => outcome.status === 'rejected');
        expect(failed?.reason).toBeInstanceOf(CheckpointMoved);
        expect(await select(other, shape, { table: 'totals' })).toMatchObject([
          { quantity: round },
        ]);
      }
    });
  });
  describe('two writers', () => buildRules(open));
}

function buildRules(open: OpenSharedReadModels): void {
  it('of several models: nothing of it is written if one of them has moved', async () => {
    const second = stockShape(1, 'other');
    const { store, beside } = await open([shape, second]);
    const generations = [
      await serveRows(store, shape, []),
      await serveRows(store, second, []),
    ] as const;
    const other = await beside();
    await writeOn(other, generations[1], { changes: [], checkpoint: at(2) });
    const after = at(1).through;
    const writes = generations.map((generation) => ({
      generation,
      after,
      changes: [item('A')],
      checkpoint: at(2),
    }));
    await expect(store.write(writes)).rejects.toThrow(CheckpointMoved);
    expect(await idsIn(store, shape)).toEqual([]);
    expect(await store.checkpointOf(generations[0])).toEqual(at(1));
  });

  it('that build one model each: the older build is not served after the newer one', async () => {
    const { store, beside } = await open([shape]);
    const other = await beside();
    const older = await store.create(shape);
    const newer = await other.create(shape);
    expect(newer.number).toBeGreaterThan(older.number);
    const made = [older, newer].map((build) => ({ ...build, through: '', isServed: false }));
    expect(await store.builds(shape.name)).toEqual(made);
    await writeOn(other, newer, { changes: [item('new')], checkpoint: at(1) });
    await other.serve(newer);
    await expect(store.serve(older)).rejects.toThrow(BuildGone);
    const write = { generation: older, after: '', changes: [item('old')], checkpoint: at(1) };
    await expect(store.write([write])).rejects.toThrow(BuildGone);
    expect(await idsIn(store, shape)).toEqual(['new']);
    const standing = { ...newer, through: at(1).through, isServed: true };
    expect(await store.builds(shape.name)).toEqual([standing]);
  });
}
