import { jest } from '@jest/globals';
import { runCli } from '../cli/run-cli.js';
import { buildService, type AppProcess } from '../restart/app-process.js';
import { postgresForSpecs } from '../stores/postgres-cluster.js';
import { until } from './deployment.js';
import {
  delivery,
  expectEqualPlans,
  masterData,
  numbersFrom,
  sale,
  send,
  StoryHouse,
} from './story-house.js';

const postgres = await postgresForSpecs();
jest.setTimeout(300_000);

async function isSaidBy(planner: AppProcess, what: string): Promise<boolean> {
  const { body } = await planner.call('/health/ready');
  return JSON.stringify(body).includes(`"acme":"${what}"`);
}

postgres.describe('a planner that freezes and wakes up again', () => {
  let house: StoryHouse;

  beforeAll(async () => {
    buildService();
    house = await StoryHouse.on({ postgres: postgres.url });
    await send(house.intake, masterData);
    house.position = await send(house.intake, numbersFrom(1, 10).map(sale));
    await expectEqualPlans(house);
  });
  afterAll(() => house.dispose());

  it('is replaced, and neither publishes nor appends when it goes on', async () => {
    const frozen = await house.holder();
    const standby = house.planners.find((planner) => planner !== frozen);
    if (standby === undefined) throw new Error('There is no second planner.');
    // It is given work to be in the middle of.
    await send(house.intake, numbersFrom(11, 3).map(sale));
    frozen.freeze();
    await until(() => isSaidBy(standby, 'plans'));
    house.position = await send(house.intake, numbersFrom(1, 10).map(delivery));
    await expectEqualPlans(house);
    const before = house.subscriber.revision;

    frozen.thaw();
    await until(() => isSaidBy(frozen, 'standsBy'));
    expect(await isSaidBy(standby, 'plans')).toBe(true);
    house.position = await send(house.intake, numbersFrom(14, 10).map(sale));
    await expectEqualPlans(house);

    // No number is missing, none comes twice: nobody else has published one.
    const { numbers } = house.subscriber;
    expect(numbers.length).toBeGreaterThan(before);
    expect(numbers).toEqual(numbersFrom(1, numbers.length));
    const verified = await runCli(['verify', '--data', house.deployment.url]);
    expect([verified.stdout, verified.code]).toEqual([expect.stringMatching(/equal\s*$/), 0]);
  });

  it('says why it plans no more: it was replaced, or its own calls took too long', async () => {
    const planners = await Promise.all(
      house.planners.map(
        async (planner) => [await isSaidBy(planner, 'standsBy'), planner] as const,
      ),
    );
    const [, awake] = planners.find(([standsBy]) => standsBy) ?? [];
    const why = /Another process plans the company|Replaced: this process|Planning stopped/;
    expect(awake?.log.join('\n')).toMatch(why);
  });
});
