/// <reference types="jest" />
import { readModelLimits } from '@tidemark/streams';
import type { ReadModelStore, Row, RowQuery } from '@tidemark/streams';
import { idsIn, item, select, serveRows, stockShape } from './stock-model.js';
import type { OpenReadModels } from './stock-model.js';

const shape = stockShape();

const rows: readonly Row[] = [
  { id: 'a', site: 'S1', level: 1, note: null },
  { id: 'b', site: 'S2', level: 1, note: 'x' },
  { id: 'c', site: 'S1', level: 2, note: 'y' },
  { id: 'd', site: 'S2', level: 10, note: null },
  { id: 'e', site: 'S1', level: -3, note: 'it\'s "quoted"; DROP' },
  { id: 'É', site: 'S3', level: 0, note: '\u{1f600}' },
];

async function filled(fresh: OpenReadModels): Promise<ReadModelStore> {
  const store = await fresh([shape]);
  await serveRows(
    store,
    shape,
    rows.map((row) => item(String(row['id']), row)),
  );
  return store;
}

type Case = readonly [string, Omit<RowQuery, 'table'>, string];

const cases: readonly Case[] = [
  ['no condition', {}, 'a b c d e É'],
  ['a value', { where: { site: 'S1' } }, 'a c e'],
  ['several values', { where: { site: 'S1', level: 2 } }, 'c'],
  ['any of a list', { where: { site: ['S3', 'S2'] } }, 'b d É'],
  ['none of an empty list', { where: { site: [] } }, ''],
  ['no value', { where: { note: null } }, 'a d'],
  ['no value or one of a list', { where: { note: ['x', null] } }, 'a b d'],
  ['a text with quotes', { where: { note: 'it\'s "quoted"; DROP' } }, 'e'],
  ['a range of numbers', { ranges: [{ column: 'level', from: 1, to: 2 }] }, 'a b c'],
  ['an open range', { ranges: [{ column: 'level', from: 2 }] }, 'c d'],
  ['a range of texts', { ranges: [{ column: 'id', to: 'c' }] }, 'a b c'],
  [
    'two ranges',
    {
      ranges: [
        { column: 'level', to: 1 },
        { column: 'id', from: 'b' },
      ],
    },
    'b e É',
  ],
  ['an order of numbers', { orderBy: ['level', 'id'] }, 'e É a b c d'],
  ['the order turned round', { orderBy: ['level', 'id'], descending: true }, 'd c b a É e'],
  ['a limit', { limit: 2 }, 'a b'],
  ['what follows a row', { after: ['c'] }, 'd e É'],
  ['what follows a row of two columns', { orderBy: ['level', 'id'], after: [1, 'a'] }, 'b c d'],
  [
    'what follows a row backwards, with a limit',
    { orderBy: ['level', 'id'], descending: true, after: [1, 'b'], limit: 2 },
    'a É',
  ],
];

export function queryRules(fresh: OpenReadModels): void {
  describe('a query', () => {
    it('gives the rows with these values, in this order', async () => {
      const store = await filled(fresh);
      for (const [what, query, wanted] of cases) {
        const ids = await idsIn(store, shape, query);
        expect([what, ids.join(' ')]).toEqual([what, wanted]);
      }
    });

    it('gives rows as they were put, and counts them without a limit', async () => {
      const store = await filled(fresh);
      const found = await select(store, shape, { table: 'items', orderBy: ['id'] });
      expect(found).toEqual(rows);
      const counted = await store.read((reader) =>
        reader.count(shape, { table: 'items', where: { site: 'S1' }, limit: 1 }),
      );
      expect(counted).toBe(3);
    });

    it('pages through all rows with the last row of the page before', async () => {
      const store = await filled(fresh);
      const seen: unknown[] = [];
      let after: readonly (string | number)[] | undefined;
      for (;;) {
        const query = { table: 'items', orderBy: ['level', 'id'], limit: 2 };
        const page = await select(store, shape, after === undefined ? query : { ...query, after });
        seen.push(...page.map(({ id }) => id));
        const last = page.at(-1);
        if (last === undefined) break;
        after = [Number(last['level']), String(last['id'])];
      }
      expect(seen).toEqual('e É a b c d'.split(' '));
    });

    it('beyond the limits, or of names that are none, is refused', async () => {
      const store = await filled(fresh);
      for (const limit of [0, -1, 1.5, readModelLimits.rows + 1]) {
        await expect(idsIn(store, shape, { limit })).rejects.toThrow(RangeError);
      }
      const site = Array.from({ length: readModelLimits.listedValues + 1 }, String);
      await expect(idsIn(store, shape, { where: { site } })).rejects.toThrow('at most');
      const injected = { where: { 'id" = id OR "id': 'a' } };
      await expect(idsIn(store, shape, injected)).rejects.toThrow('is no name');
      await expect(idsIn(store, shape, { orderBy: ['id; DROP'] })).rejects.toThrow('is no name');
    });
  });
}
