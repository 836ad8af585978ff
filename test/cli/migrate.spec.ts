import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from '@tidemark/embedded';
import { readChanges } from '../http/change-reader.js';
import { serve } from '../http/served-house.js';
import { company, opened, plans, steps } from '../planned-company.js';
import { describeOnServer, newServerLog } from '../stores/eventstore-server.js';
import { onServer, postgresForSpecs } from '../stores/postgres-cluster.js';
import { runCli, temporaryFolder, type CliOutcome } from './run-cli.js';

const postgres = await postgresForSpecs();

/** A data folder with a company that has been planned for a while. */
async function planned(folder: string): Promise<string> {
  const { events, close } = await openEmbedded({ folder });
  const acme = await opened(events);
  for (const step of steps) {
    await step(acme);
    await acme.planner.catchUp();
  }
  await close();
  return folder;
}

const temporary = temporaryFolder();

const migrate = (from: string, to: string, ...more: readonly string[]): Promise<CliOutcome> =>
  runCli(['migrate', '--from', from, '--to', to, ...more]);

interface Hash {
  readonly plan: string;
  readonly orders: string;
  readonly revision: number;
}

async function hashesOf(data: string): Promise<readonly Hash[]> {
  const found: Hash[] = [];
  // The plan that was deleted last has no lines; the others do.
  for (const plan of plans) {
    const told = await runCli([
      'hash',
      '--data',
      data,
      '--company',
      company,
      '--plan',
      plan,
      '--json',
    ]);
    const { plan: hash, orders, revision } = JSON.parse(told.stdout) as Hash;
    found.push({ plan: hash, orders, revision });
  }
  return found;
}

describe('migrate', () => {
  it('refuses a source that is in use or not there, and a target of something else', async () => {
    const inUse = join(temporary, 'in-use');
    const { close } = await openEmbedded({ folder: inUse });
    const locked = await migrate(inUse, join(temporary, 'never'));
    await close();
    expect(locked).toMatchObject({ code: 1 });
    expect(locked.stderr).toContain('is being written by process');
    const missing = join(temporary, 'missing');
    expect(await migrate(missing, join(temporary, 'never'))).toMatchObject({ code: 2 });
    expect(existsSync(missing)).toBe(false);
    expect(await migrate(inUse, inUse)).toMatchObject({ code: 2 });
  });
});

/** A move to a server and back. */
function movedAndBack(server: () => string): void {
  const folder = temporaryFolder();
  const served = temporaryFolder();

  it('has the same plans and revisions; its subscribers go on where they were', async () => {
    const url = server();
    const from = await planned(join(folder, 'data'));
    const there = await migrate(from, url, '--company', company);
    expect(there).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/\nequal\n$/) as unknown,
    });
    const back = join(served, 'data');
    const home = await migrate(url, back, '--json');
    expect(home.code).toBe(0);
    expect(JSON.parse(home.stdout)).toMatchObject({ isEqual: true, before: 0 });
    const expected = await hashesOf(from);
    expect(await hashesOf(url)).toEqual(expected);
    expect(await hashesOf(back)).toEqual(expected);
    for (const data of [url, back]) {
      const verified = await runCli(['verify', '--data', data]);
      for (const plan of plans) expect(verified.stdout).toMatch(new RegExp(`${plan}: .*: equal`));
      expect(verified.code).toBe(0);
    }
    const last = expected[0]?.revision ?? 0;
    const house = await serve(served, false);
    const sale = { id: 'SO-9', item: 'FG', direction: 'issue', type: 'salesOrder' };
    const event = {
      type: 'inventory.transaction.changed.v1',
      version: 1,
      source: 'later',
      data: { ...sale, quantity: '3', date: '2026-03-29' },
    };
    await house.post(`/v1/companies/${company}/events`, [event]);
    const changes = await readChanges(
      `${house.address}/v1/companies/${company}/plans/exact/changes`,
      ({ id }) => id === last + 1,
      { 'last-event-id': String(last - 1) },
    );
    expect(changes.map(({ id }) => id)).toEqual([last, last + 1]);
    await house.stop();
    expect(house.failures).toEqual([]);
  });
}

postgres.describe('a company moved to PostgreSQL and back', () => {
  const database = `moved_${process.pid}`;
  const url = postgres.url.replace(/\/[^/]*$/, `/${database}`);

  beforeAll(() => onServer(postgres.url, `CREATE DATABASE ${database}`));
  afterAll(() => onServer(postgres.url, `DROP DATABASE ${database} WITH (FORCE)`));
  movedAndBack(() => url);
});

describeOnServer('a company moved to EventStoreDB and back', () => movedAndBack(newServerLog));
