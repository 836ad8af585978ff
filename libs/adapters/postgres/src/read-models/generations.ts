import { BuildGone, CheckpointMoved, origin } from '@tidemark/streams';
import type {
  BuildStanding,
  Checkpoint,
  Generation,
  ModelWrite,
  ReadModelShape,
  TableShape,
} from '@tidemark/streams';
import type { PoolClient } from 'pg';
import { checkedName, physicalName, typeOf } from './names.js';

interface GenerationRow {
  readonly model: string;
  readonly number: number;
  readonly version: number;
  readonly through: string;
  readonly resume: string;
}

/** The register of builds, in one schema. */
export class Generations {
  readonly #schema: string;

  constructor(schema: string) {
    this.#schema = schema;
  }

  /** Name of a table of one build, with its schema. */
  tableOf(generation: Generation, table: string): string {
    return `${this.#schema}.${physicalName(generation, table)}`;
  }

  async served(
    client: PoolClient,
    shape: ReadModelShape,
  ): Promise<(Generation & Checkpoint) | undefined> {
    const { rows } = await client.query<GenerationRow>(
      `SELECT model, number, version, through, resume FROM ${this.#schema}.generations
        WHERE model = $1 AND version = $2 AND state = 'served'`,
      [shape.name, shape.version],
    );
    return rows[0];
  }

  async create(client: PoolClient, shape: ReadModelShape): Promise<Generation> {
    await client.query(`LOCK TABLE ${this.#schema}.generations IN SHARE ROW EXCLUSIVE MODE`);
    const tables = shape.tables.map(({ name }) => checkedName(name)).join();
    const { rows } = await client.query<GenerationRow>(
      `INSERT INTO ${this.#schema}.generations
          (model, number, version, tables, state, through, resume)
        SELECT $1::text, coalesce(max(number), 0) + 1, $2, $3, 'built', $4, $4
          FROM ${this.#schema}.generations WHERE model = $1
        RETURNING model, number, version`,
      [shape.name, shape.version, tables, origin],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`No build of ${shape.name} was made.`);
    const generation = { model: row.model, version: row.version, number: row.number };
    for (const table of shape.tables) {
      const physical = physicalName(generation, table.name);
      for (const text of createStatements(this.#schema, physical, table)) await client.query(text);
    }
    return generation;
  }

  async checkpointOf(client: PoolClient, generation: Generation): Promise<Checkpoint> {
    const { rows } = await client.query<GenerationRow>(
      `SELECT through, resume FROM ${this.#schema}.generations
        WHERE model = $1 AND number = $2 AND state <> 'retired'`,
      [generation.model, generation.number],
    );
    const [row] = rows;
    if (row === undefined) throw new BuildGone(generation);
    return { through: row.through, resume: row.resume };
  }

  async builds(client: PoolClient, model: string): Promise<readonly BuildStanding[]> {
    const { rows } = await client.query<BuildStanding>(
      `SELECT model, number, version, through, state = 'served' AS "isServed"
        FROM ${this.#schema}.generations
        WHERE model = $1 AND state <> 'retired' ORDER BY number`,
      [model],
    );
    return rows;
  }

  /**
   * Moves the checkpoint on from where its writer left it, and keeps other writers of this build
   * out until the transaction ends: were it elsewhere, rows would be added twice.
   */
  async moveCheckpoint(
    client: PoolClient,
    { generation, after, checkpoint }: Omit<ModelWrite, 'changes'>,
  ): Promise<void> {
    const { model, number } = generation;
    const { rowCount } = await client.query(
      `UPDATE ${this.#schema}.generations SET through = $3, resume = $4
        WHERE model = $1 AND number = $2 AND state <> 'retired' AND through = $5`,
      [model, number, checkpoint.through, checkpoint.resume, after],
    );
    if (rowCount === 1) return;
    const { through } = await this.checkpointOf(client, generation);
    throw new CheckpointMoved(generation, after, through);
  }

  /** Serves this build; the others made before it answer no more and are dropped later. */
  async serve(client: PoolClient, generation: Generation): Promise<void> {
    await client.query(`LOCK TABLE ${this.#schema}.generations IN SHARE ROW EXCLUSIVE MODE`);
    await this.checkpointOf(client, generation);
    const values = [generation.model, generation.number];
    const { rowCount } = await client.query(
      `SELECT FROM ${this.#schema}.generations
        WHERE model = $1 AND number > $2 AND state = 'served'`,
      values,
    );
    if (rowCount !== 0) throw new BuildGone(generation);
    await client.query(
      `UPDATE ${this.#schema}.generations SET state = 'retired', retired = now()
        WHERE model = $1 AND number < $2 AND state <> 'retired'`,
      values,
    );
    await client.query(
      `UPDATE ${this.#schema}.generations SET state = 'served' WHERE model = $1 AND number = $2`,
      values,
    );
  }

  async retire(client: PoolClient, generation: Generation): Promise<void> {
    await client.query(
      `UPDATE ${this.#schema}.generations SET state = 'retired', retired = now()
        WHERE model = $1 AND number = $2 AND state <> 'retired'`,
      [generation.model, generation.number],
    );
  }

  /** Drops one build that no read can need any more; false if there is none. */
  async dropRetired(client: PoolClient, afterMs: number): Promise<boolean> {
    // Whoever still reads a table is not waited for; the next call tries again.
    await client.query("SET LOCAL lock_timeout = '100ms'");
    const { rows } = await client.query<GenerationRow & { readonly tables: string }>(
      `SELECT model, number, version, tables FROM ${this.#schema}.generations
        WHERE state = 'retired' AND retired <= now() - $1 * interval '1 ms'
        ORDER BY retired LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [afterMs],
    );
    const [row] = rows;
    if (row === undefined) return false;
    const names = row.tables.split(',').map((table) => this.tableOf(row, table));
    if (row.tables !== '') await client.query(`DROP TABLE IF EXISTS ${names.join(', ')}`);
    await client.query(`DELETE FROM ${this.#schema}.generations WHERE model = $1 AND number = $2`, [
      row.model,
      row.number,
    ]);
    return true;
  }
}

function createStatements(schema: string, physical: string, shape: TableShape): readonly string[] {
  const quoted = (name: string) => `"${checkedName(name)}"`;
  const columns = Object.keys(shape.columns).map((name) => {
    const type = typeOf(shape, name);
    const order = type === 'text' ? ' COLLATE "C"' : '';
    return `${quoted(name)} ${type}${order}${shape.key.includes(name) ? ' NOT NULL' : ''}`;
  });
  const key = shape.key.map(quoted).join(', ');
  // In the order that selects ask for: see `orderOf`.
  const ordered = (name: string) => quoted(name) + (shape.key.includes(name) ? '' : ' NULLS FIRST');
  const indexes = (shape.indexes ?? []).map((index, number) => {
    const name = quoted(`${physical}_by_${number}`);
    return `CREATE INDEX ${name} ON ${schema}.${physical} (${index.map(ordered).join(', ')})`;
  });
  return [
    `CREATE TABLE ${schema}.${physical} (${columns.join(', ')}, PRIMARY KEY (${key}))`,
    ...indexes,
  ];
}
