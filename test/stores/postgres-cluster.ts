import { execFile } from 'node:child_process';
import { writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openPostgres } from '@tidemark/postgres';
import type { Postgres, PostgresOptions } from '@tidemark/postgres';
import pg from 'pg';

const root = resolve(import.meta.dirname, '..', '..');
const exitMissing = 3;

/** A server that the test run started; it stops with the run. */
export interface Cluster {
  readonly url: string;
  readonly port: number;
  /** Process id of the server. */
  readonly pid: number;
}

/** Folder of the run's engines; a suite that kills its server uses one of its own in there. */
export function infraFolder(own = ''): string {
  const folder = process.env['TIDEMARK_TEST_INFRA'];
  if (folder === undefined) throw new Error('The run has not said where engines may live.');
  return join(folder, own);
}

/** Starts the server of a folder, or finds it; the reason, if PostgreSQL cannot be had here. */
export function startCluster(folder: string): Promise<Cluster | string> {
  const args = [join(root, 'infra', 'up.mjs'), 'postgres', '--folder', folder, '--json'];
  return new Promise((done, failed) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      if (error === null) done(JSON.parse(stdout) as Cluster);
      else if (error.code === exitMissing) done(stderr.trim());
      else failed(new Error(`infra/up postgres failed: ${stderr}`));
    });
  });
}

export function stopCluster(folder: string): Promise<void> {
  const args = [join(root, 'infra', 'down.mjs'), 'postgres', '--folder', folder, '--remove'];
  return new Promise((done, failed) => {
    execFile(process.execPath, args, (error) => (error === null ? done() : failed(error)));
  });
}

/** What a spec needs of PostgreSQL: its suites are skipped, and say so, where there is none. */
export interface PostgresForSpecs {
  readonly describe: (name: string, body: () => void) => void;
  readonly url: string;
}

export async function postgresForSpecs(folder = infraFolder()): Promise<PostgresForSpecs> {
  const cluster = await startCluster(folder);
  if (typeof cluster !== 'string') return { describe, url: cluster.url };
  // Past Jest, which keeps to itself what specs print.
  writeSync(1, `PostgreSQL: skipped, ${cluster}\n`);
  return { describe: describe.skip, url: '' };
}

let schemas = 0;
// Making the tables costs more than most tests: they are emptied and used again.
const emptied: string[] = [];

/** Names of schemas are of one process; Jest runs several. */
export function newSchema(): string {
  schemas += 1;
  return `t${process.pid}_${schemas}`;
}

export interface EmptyStores extends Postgres {
  readonly schema: string;
  /** Closes the stores and empties their tables. */
  dispose(): Promise<void>;
}

/** Stores that hold nothing, in a schema that no other test uses meanwhile. */
export async function openEmpty(options: PostgresOptions): Promise<EmptyStores> {
  const used = emptied.pop();
  const schema = used ?? newSchema();
  const stores = await openPostgres({ ...options, schema, migrate: used === undefined });
  let disposed = false;
  const dispose = async () => {
    await stores.close();
    if (disposed) return;
    disposed = true;
    await onServer(options.url, `DELETE FROM ${schema}.appends; DELETE FROM ${schema}.snapshots`);
    emptied.push(schema);
  };
  return { ...stores, schema, dispose };
}

/** Runs SQL behind the stores' back. */
export async function onServer(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}
