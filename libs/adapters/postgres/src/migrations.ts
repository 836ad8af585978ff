import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration, MigrationProvider } from 'kysely/migration';
import type pg from 'pg';
import { clientConfig, openPool } from './connections.js';
import { PostgresRefused } from './options.js';
import { failureOf } from './postgres-failure.js';
import type { Settings } from './options.js';

// Another process may be at it; the library takes an advisory lock for as long as it works.
const migrationMs = 120_000;

/**
 * Makes the tables, or brings them up to date, one process at a time.
 *
 * @throws PostgresRefused if a newer release has been here, Outage.
 */
export async function migrate(settings: Settings): Promise<void> {
  const { schema } = settings;
  const config = clientConfig({ ...settings, callMs: migrationMs });
  const pool = openPool({ ...config, max: 1, connectionTimeoutMillis: settings.callMs });
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({
      db: database,
      provider: migrationsOf(schema),
      migrationTableSchema: schema,
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw told(error, schema);
  } finally {
    await database.destroy();
  }
}

function told(error: unknown, schema: string): unknown {
  if (error instanceof Error && error.message.includes('corrupted migrations')) {
    return new PostgresRefused(
      `Schema ${schema} was made by a newer release: ${error.message}. Use that release.`,
    );
  }
  return failureOf(error, `Making the tables of schema ${schema}`, false);
}

/** @throws PostgresRefused if the tables are not those of this release. */
export async function checkMigrated(client: pg.ClientBase, schema: string): Promise<void> {
  const table = `${schema}.kysely_migration`;
  const { rows } = await client.query<{ there: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS there',
    [table],
  );
  const made = rows[0]?.there === true ? await namesIn(client, table) : [];
  const wanted = Object.keys(migrations);
  if (made.join() === wanted.join()) return;
  throw new PostgresRefused(
    `Schema ${schema} has the migrations "${made.join()}"; this release needs ` +
      `"${wanted.join()}". Open it once with the right to make tables.`,
  );
}

async function namesIn(client: pg.ClientBase, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${table} ORDER BY name`);
  return rows.map(({ name }) => name);
}

function migrationsOf(schema: string): MigrationProvider {
  const made = Object.entries(migrations).map(([name, text]): [string, Migration] => [
    name,
    { up: async (database) => void (await sql.raw(text(schema)).execute(database)) },
  ]);
  return { getMigrations: async () => Object.fromEntries(made) };
}

/** By name, in order. One that has been released is never changed. */
const migrations: Readonly<Record<string, (schema: string) => string>> = {
  // One row per append, not per event: see `PackedAppend`. `last` is the number of its last event
  // in its transaction. The server compresses long texts; lz4 is faster, where it is built in.
  '0001-log': (schema) => `
    CREATE TABLE ${schema}.epochs (
      number smallint PRIMARY KEY,
      system_identifier text NOT NULL,
      began timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE ${schema}.appends (
      epoch smallint NOT NULL,
      xid xid8 NOT NULL,
      last integer NOT NULL,
      stream text COLLATE "C" NOT NULL,
      revision bigint NOT NULL,
      events integer NOT NULL,
      size integer NOT NULL,
      checksum bigint NOT NULL,
      types text NOT NULL,
      ids text NOT NULL,
      metas text NOT NULL,
      data text NOT NULL,
      CONSTRAINT appends_in_commit_order PRIMARY KEY (epoch, xid, last),
      CONSTRAINT appends_by_stream UNIQUE (stream, revision)
    );
    DO $$ BEGIN
      ALTER TABLE ${schema}.appends ALTER COLUMN data SET COMPRESSION lz4;
      ALTER TABLE ${schema}.appends ALTER COLUMN ids SET COMPRESSION lz4;
    EXCEPTION WHEN feature_not_supported THEN NULL;
    END $$;
    CREATE VIEW ${schema}.events AS
      SELECT a.epoch, a.xid, a.last - a.events + e.n AS number, a.stream,
        a.revision + e.n - 1 AS revision, e.id,
        CASE WHEN strpos(a.types, E'\\n') = 0 THEN a.types
          ELSE split_part(a.types, E'\\n', e.n::int) END AS type,
        CASE WHEN strpos(a.metas, E'\\n') = 0 THEN a.metas
          ELSE split_part(a.metas, E'\\n', e.n::int) END AS meta,
        split_part(a.data, E'\\n', e.n::int) AS data
      FROM ${schema}.appends a,
        LATERAL string_to_table(a.ids, E'\\n') WITH ORDINALITY AS e(id, n);
  `,
  '0002-snapshots': (schema) => `
    CREATE TABLE ${schema}.snapshots (
      number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      key bytea NOT NULL,
      name text NOT NULL,
      position text NOT NULL,
      schema_version bigint NOT NULL,
      chunks integer NOT NULL,
      pieces integer NOT NULL,
      saved timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX snapshots_by_key ON ${schema}.snapshots (key, number);
    CREATE TABLE ${schema}.snapshot_pieces (
      snapshot bigint NOT NULL REFERENCES ${schema}.snapshots ON DELETE CASCADE,
      number integer NOT NULL,
      chunk integer NOT NULL,
      checksum bigint NOT NULL,
      bytes bytea NOT NULL,
      PRIMARY KEY (snapshot, number)
    );
  `,
  '0003-read-models': (schema) => `
    CREATE TABLE ${schema}.generations (
      model text COLLATE "C" NOT NULL,
      number integer NOT NULL,
      version integer NOT NULL,
      tables text NOT NULL,
      state text NOT NULL CHECK (state IN ('built', 'served', 'retired')),
      through text COLLATE "C" NOT NULL,
      resume text COLLATE "C" NOT NULL,
      retired timestamptz,
      PRIMARY KEY (model, number)
    );
    CREATE UNIQUE INDEX generations_served ON ${schema}.generations (model)
      WHERE state = 'served';
  `,
};
