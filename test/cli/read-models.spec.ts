import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded } from '@tidemark/embedded';
import { projectionNames } from '@tidemark/projections';
import { opened, steps } from '../planned-company.js';
import { runCli, temporaryFolder } from './run-cli.js';

interface Status {
  readonly readModels: readonly { readonly model: string; readonly behind: number }[];
}

describe('read models of a data folder', () => {
  const folder = join(temporaryFolder(), 'data');
  const on = ['--data', folder, '--json'];
  const file = join(folder, 'read-models.sqlite');

  beforeAll(async () => {
    const { events, close } = await openEmbedded({ folder });
    const acme = await opened(events);
    for (const step of steps.slice(0, 4)) await step(acme);
    await acme.planner.catchUp();
    await close();
  });

  const behind = async () => {
    const { stdout } = await runCli(['status', ...on]);
    const { readModels } = JSON.parse(stdout) as Status;
    return readModels.map((one) => [one.model, one.behind]);
  };

  it('are made by a rebuild, and then hold all of the log', async () => {
    expect(await behind()).toEqual([]);
    const made = await runCli(['rebuild', '--projection', 'all', ...on]);
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(await behind()).toEqual(projectionNames.map((name) => [name, 0]));
  });

  it('are built again one by one, or all of them from a damaged file', async () => {
    const one = await runCli(['rebuild', '--projection', 'orders', '--data', folder]);
    expect(one.stdout).toMatch(/^orders: rebuilt, through \d+\n$/);
    writeFileSync(file, 'this is no database, whatever it is called. '.repeat(100));
    const all = await runCli(['rebuild', '--projection', 'all', ...on]);
    expect([all.code, all.stderr]).toEqual([0, expect.stringContaining('.damaged')]);
    expect(existsSync(`${file}.damaged`)).toBe(true);
    expect(await behind()).toEqual(projectionNames.map((name) => [name, 0]));
  });

  it('are named; anything else is told what there is', async () => {
    const unknown = await runCli(['rebuild', '--projection', 'nothing', ...on]);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('orders')]);
    expect((await runCli(['rebuild', ...on])).code).toBe(2);
    const both = await runCli(['rebuild', '--projection', 'all', '--company', 'acme', ...on]);
    expect(both.code).toBe(2);
  });
});
