import { ReadModelNotReady } from '@tidemark/streams';
import type { Cell, ModelWrite, ReadModelReader } from '@tidemark/streams';
import type { ReadModelShape, ReadModelStore, Row, RowQuery, TableShape } from '@tidemark/streams';
import type { CompiledQuery } from 'kysely';
import type { PoolClient } from 'pg';
import { inTransaction, openConnections } from '../connections.js';
import type { Connections } from '../connections.js';
import { checkMigrated, migrate } from '../migrations.js';
import { settingsOf } from '../options.js';
import type { PostgresOptions } from '../options.js';
import { Generations } from './generations.js';
import { physicalName, tableOf, typeOf } from './names.js';
import { countQuery, selectQuery } from './queries.js';
import { writeChanges } from './write-rows.js';

// A build may write a million rows at once; each statement of it has the usual bound.
const writeMs = 600_000;

/**
 * Opens the read models in a PostgreSQL database. They may be dropped: all is folded again.
 *
 * @throws PostgresRefused, Outage.
 */
export async function openPostgresReadModels(
  options: PostgresOptions,
  shapes: readonly ReadModelShape[],
): Promise<ReadModelStore> {
  const settings = settingsOf(options);
  if (settings.migrate) await migrate(settings);
  const connections = openConnections(settings, 'The read-model store');
  try {
    await connections.use({ doing: 'Opening the read models' }, (client) =>
      checkMigrated(client, settings.schema),
    );
    return createReadModelStore(connections, shapes);
  } catch (thrown) {
    await connections.close();
    throw thrown;
  }
}

function createReadModelStore(
  connections: Connections,
  shapes: readonly ReadModelShape[],
): ReadModelStore {
  const { schema } = connections.settings;
  const generations = new Generations(schema);
  const byName = new Map(shapes.map((shape) => [shape.name, shape]));
  const change = <Answer>(doing: string, work: (client: PoolClient) => Promise<Answer>) =>
    connections.use({ doing, writes: true, ms: writeMs }, (client) =>
      inTransaction(client, 'BEGIN', () => work(client)),
    );
  const sweeper = createSweeper(connections, generations);
  const writeAll = async (client: PoolClient, writes: readonly ModelWrite[]) => {
    for (const { generation, after, changes, checkpoint } of writes) {
      const shape = byName.get(generation.model);
      if (shape === undefined)
        throw new Error(`${generation.model} is no read model of this store.`);
      await generations.moveCheckpoint(client, { generation, after, checkpoint });
      await writeChanges(client, shape, changes, (name) => generations.tableOf(generation, name));
    }
  };
  return {
    served: (shape) =>
      connections.use({ doing: `Looking for read model ${shape.name}` }, async (client) => {
        const found = await generations.served(client, shape);
        if (found === undefined) return undefined;
        return { model: found.model, version: found.version, number: found.number };
      }),
    create: (shape) =>
      change(`Making read model ${shape.name}`, (client) => generations.create(client, shape)),
    builds: (model) =>
      connections.use({ doing: `Looking for builds of ${model}` }, (client) =>
        generations.builds(client, model),
      ),
    checkpointOf: (generation) =>
      connections.use({ doing: 'Reading a checkpoint' }, (client) =>
        generations.checkpointOf(client, generation),
      ),
    write: (writes) => change('Writing read models', (client) => writeAll(client, writes)),
    serve: async (generation) => {
      await change(`Serving read model ${generation.model}`, (client) =>
        generations.serve(client, generation),
      );
      sweeper.soon();
    },
    discard: async (generation) => {
      await change(`Discarding a build of ${generation.model}`, (client) =>
        generations.retire(client, generation),
      );
      sweeper.soon();
    },
    read: (work) =>
      connections.use({ doing: 'Reading read models' }, (client) =>
        inTransaction(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', () =>
          work(readerOf(client, schema, generations)),
        ),
      ),
    close: async () => {
      sweeper.stop();
      await connections.close();
    },
  };
}

/** Drops builds that were replaced, when no read can need them any more. */
function createSweeper(connections: Connections, generations: Generations) {
  const { dropAfterMs } = connections.settings;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const dropOne = () =>
    connections.use({ doing: 'Dropping a replaced build', writes: true }, (client) =>
      inTransaction(client, 'BEGIN', () => generations.dropRetired(client, dropAfterMs)),
    );
  async function sweep(): Promise<void> {
    timer = undefined;
    try {
      while (!stopped && (await dropOne()));
    } catch {
      // A read has a table open, or the server is away: it stays for the next time.
      soon();
    }
  }
  function soon(): void {
    if (stopped || timer !== undefined) return;
    timer = setTimeout(() => void sweep(), dropAfterMs + 1);
    timer.unref();
  }
  soon();
  return {
    soon,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function readerOf(client: PoolClient, schema: string, generations: Generations): ReadModelReader {
  const served = async (shape: ReadModelShape) => {
    const generation = await generations.served(client, shape);
    if (generation === undefined) throw new ReadModelNotReady(shape.name);
    return generation;
  };
  const asked = async (shape: ReadModelShape, query: RowQuery) => {
    const physical = physicalName(await served(shape), query.table);
    return { schema, physical, table: tableOf(shape, query.table), query };
  };
  const run = async ({ sql: text, parameters }: CompiledQuery) => {
    const values = [...parameters];
    const { rows } = await client.query<Record<string, unknown>>({ text, values });
    return rows;
  };
  return {
    async select(shape, query) {
      const question = await asked(shape, query);
      const records = await run(selectQuery(question));
      return records.map((record) => rowOf(record, question.table));
    },
    async count(shape, query) {
      const [row] = await run(countQuery(await asked(shape, query)));
      return Number(row?.['n'] ?? 0);
    },
    async checkpoint(shape) {
      const { through, resume } = await served(shape);
      return { through, resume };
    },
  };
}

/** `pg` gives 8-byte integers as texts; those of a read model are safe ones. */
function rowOf(record: Readonly<Record<string, unknown>>, table: TableShape): Row {
  const row: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(record)) {
    const text = typeof value === 'string' ? value : null;
    row[name] = text !== null && typeOf(table, name) === 'bigint' ? Number(text) : text;
  }
  return row;
}
