import { openPostgresReadModels } from '@tidemark/postgres';
import type { PostgresOptions } from '@tidemark/postgres';
import type { ReadModelShape, ReadModelStore } from '@tidemark/streams';
import { readModelStoreContract } from '@tidemark/testkit';
import { newSchema, onServer, postgresForSpecs } from './postgres-cluster.js';

const postgres = await postgresForSpecs();

const shape: ReadModelShape = {
  name: 'totals',
  version: 1,
  tables: [
    {
      name: 'stock',
      columns: { item: 'text', quantity: 'integer' },
      key: ['item'],
      sums: ['quantity'],
    },
  ],
};

async function quantityIn(store: ReadModelStore): Promise<unknown> {
  const rows = await store.read((reader) => reader.select(shape, { table: 'stock' }));
  return rows[0]?.['quantity'];
}

postgres.describe('on PostgreSQL', () => {
  const schemas: string[] = [];
  const opened: ReadModelStore[] = [];
  const open = async (schema: string, more: Partial<PostgresOptions> = {}) => {
    const store = await openPostgresReadModels({ url: postgres.url, schema, ...more }, [shape]);
    opened.push(store);
    return store;
  };
  const made = () => {
    const schema = newSchema();
    schemas.push(schema);
    return schema;
  };
  const tablesOf = async (schema: string) => {
    const sql = `SELECT relname FROM pg_class WHERE relnamespace = '${schema}'::regnamespace
      AND relkind = 'r' AND relname LIKE 'totals%' ORDER BY relname`;
    return (await onServer(postgres.url, sql)).map(({ relname }) => relname);
  };
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });
  afterAll(async () => {
    for (const schema of schemas) await onServer(postgres.url, `DROP SCHEMA ${schema} CASCADE`);
  });

  readModelStoreContract('PostgreSQL', async (shapes) => {
    const options = { url: postgres.url, schema: made() };
    return {
      store: await openPostgresReadModels(options, shapes),
      beside: () => openPostgresReadModels(options, shapes),
    };
  });

  it('a build that was replaced goes when no read can need it, and blocks nobody', async () => {
    const schema = made();
    const store = await open(schema, { dropAfterMs: 1 });
    const old = await store.create(shape);
    await store.serve(old);
    const next = await store.create(shape);
    const told: unknown[] = [];
    await store.read(async (reader) => {
      told.push(await reader.count(shape, { table: 'stock' }));
      await store.serve(next);
      // The read has its table open: whoever drops leaves it alone.
      await expect(store.checkpointOf(old)).rejects.toThrow('is gone');
      told.push(await reader.count(shape, { table: 'stock' }));
    });
    expect(told).toEqual([0, 0]);
    while ((await tablesOf(schema)).length > 1) await store.served(shape);
    expect(await tablesOf(schema)).toEqual(['totals_g2_stock']);
    expect(await quantityIn(store)).toBeUndefined();
  });
});
