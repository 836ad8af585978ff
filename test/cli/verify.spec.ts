import { join } from 'node:path';
import { openEmbedded } from '@tidemark/embedded';
import { company, opened, plans, steps } from '../planned-company.js';
import { runCli, temporaryFolder } from './run-cli.js';

describe('verify', () => {
  const folder = join(temporaryFolder(), 'data');

  it('says equal of plans of every continuity, after each kind of input and decision', async () => {
    const { events, close } = await openEmbedded({ folder });
    const acme = await opened(events);
    for (const step of steps) {
      await step(acme);
      await acme.planner.catchUp();
    }
    await close();
    const verified = await runCli(['verify', '--data', folder, '--company', company]);
    for (const plan of plans) expect(verified.stdout).toMatch(new RegExp(`${plan}: .*: equal`));
    expect(verified.code).toBe(0);
  });
});
