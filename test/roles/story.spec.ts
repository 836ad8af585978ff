import { jest } from '@jest/globals';
import { writeSync } from 'node:fs';
import { runCli } from '../cli/run-cli.js';
import { buildService, type AppProcess, type Json } from '../restart/app-process.js';
import { postgresForSpecs } from '../stores/postgres-cluster.js';
import { describeOnServer, newServerLog } from '../stores/eventstore-server.js';
import { isReady, type Engines } from './deployment.js';
import {
  company,
  delivery,
  expectEqualPlans,
  masterData,
  numbersFrom,
  plan,
  sale,
  send,
  StoryHouse,
  type Listed,
  type Taken,
} from './story-house.js';

const postgres = await postgresForSpecs();
// A bound for a machine that does much else; nothing here waits.
const testMilliseconds = 600_000;
jest.setTimeout(testMilliseconds);

let house: StoryHouse;

function systems(): void {
  it('two systems send, and a subscriber holds the plan that readers see', async () => {
    const { intake, subscriber } = house;
    await send(intake, masterData);
    const [sold, stocked] = await Promise.all([
      send(intake, numbersFrom(1, 20).map(sale)),
      send(intake, numbersFrom(1, 20).map(delivery)),
    ]);
    house.position = sold > stocked ? sold : stocked;
    await expectEqualPlans(house);
    expect(subscriber.lines('orders').length).toBeGreaterThan(20);
  });

  it('commands and questions reach whoever plans the company', async () => {
    const { api } = house;
    const order = { id: 'MAKE-1', item: 'BIKE', quantity: '3', requirementDate: '2026-12-30' };
    const created = await api.call<Taken>(`${company}/commands`, { kind: 'create', ...order });
    expect(created).toMatchObject({ status: 200, body: { revisions: [{ plan: 'dynamic' }] } });
    house.position = created.body.position;
    const unknown = await api.call(`${company}/commands`, { kind: 'approve', order: 'NONE' });
    expect(unknown).toMatchObject({ status: 422, body: { code: 'UNKNOWN_ORDER' } });
    const promise = { id: 'P-1', item: 'BIKE', quantity: '5', date: '2026-12-02', method: 'ctp' };
    const promised = await api.call(`${company}/promises`, promise);
    expect([promised.status, promised.body['date']]).toEqual([200, '2026-12-02']);
    const firm = { kind: 'firm', order: 'MAKE-1' };
    const preview = await api.call<{ readonly decisions: Json[] }>(
      `${company}/commands/preview`,
      firm,
    );
    expect(preview.status).toBe(200);
    expect(preview.body.decisions.length).toBeGreaterThan(0);
    const findings = await api.call<Listed>(`${plan}/findings`);
    expect(findings.body.total).toBeGreaterThan(0);
    const lacking = await api.call<Listed>(`${plan}/shortages?demand=SO-1`);
    expect(lacking.body.items.map(({ item }) => item)).toContain('BIKE');
  });
}

function failures(): void {
  it('a standby takes over when the planner is killed, and nothing is lost', async () => {
    const { deployment, intake, subscriber } = house;
    const dying = await house.holder();
    const sending = send(intake, numbersFrom(21, 20).map(sale));
    const killed = performance.now();
    await deployment.kill(dying);
    house.planners = house.planners.filter((planner) => planner !== dying);
    await house.holder();
    const seconds = ((performance.now() - killed) / 1_000).toFixed(1);
    // Past Jest, which keeps to itself what specs print.
    writeSync(1, `Take-over by a standby: ${seconds} s after kill -9\n`);
    house.position = await sending;
    await expectEqualPlans(house);
    expect(subscriber.numbers).toEqual(numbersFrom(1, subscriber.revision));
  });

  it('a planner that is stopped leaves the company, and the next one takes it', async () => {
    const { deployment, intake } = house;
    const next = deployment.start('planner');
    await isReady(next);
    const leaving = await house.holder();
    house.planners = [next];
    await deployment.stop(leaving);
    expect(await house.holder()).toBe(next);
    house.position = await send(intake, numbersFrom(41, 5).map(sale));
    await expectEqualPlans(house);
  });

  it('another projector takes over when the one that works is killed', async () => {
    const { deployment, intake, projector } = house;
    const standby = deployment.start('projector');
    await isReady(standby);
    await deployment.kill(projector);
    house.position = await send(intake, numbersFrom(46, 3).map(sale));
    await expectEqualPlans(house);
  });
}

function operators(): void {
  it('an admin folds the log anew, and it is the plan that was published', async () => {
    const data = ['--data', house.deployment.url];
    const verified = await runCli(['verify', ...data]);
    expect(verified.stdout).toMatch(/acme dynamic: .*: equal\nequal/);
    expect(verified.code).toBe(0);
    const hash = await runCli(['hash', ...data, '--company', 'acme']);
    const url = await house.api.address();
    const asked = await runCli(['hash', '--url', url, '--company', 'acme']);
    expect([asked.code, asked.stdout]).toEqual([0, hash.stdout]);
    expect(hash.stdout).toMatch(/^plan [0-9a-f]{64}$/m);
  });

  it('without a planner commands are refused with a remedy; readers are answered', async () => {
    const { api, deployment, planners } = house;
    for (const planner of planners.splice(0)) await deployment.stop(planner);
    const command = { kind: 'approve', order: 'MAKE-1' };
    const refused = await api.call(`${company}/commands`, command);
    expect(refused).toMatchObject({ status: 503, body: { code: 'NO_PLANNER' } });
    expect(refused.body['remedy']).toContain('Start a planner');
    expect((await api.call(`${plan}/orders`)).status).toBe(200);
  });

  it('every role tells how far behind the log it is', async () => {
    const figures = async (role: AppProcess) =>
      (await fetch(`${await role.address()}/metrics`)).text();
    const planner = house.deployment.start('planner');
    house.planners = [planner];
    await house.holder();
    const planners = 'tidemark_lag_events{role="planner",company="acme"} 0';
    expect(await figures(planner)).toContain(planners);
    for (const [name, role] of [
      ['intake', house.intake],
      ['api', house.api],
    ] as const) {
      expect(await figures(role)).toContain(`tidemark_lag_seconds{role="${name}"} 0`);
    }
  });
}

function story(engines: () => Engines): void {
  beforeAll(async () => {
    buildService();
    house = await StoryHouse.on(engines());
  });
  afterAll(() => house?.dispose());
  systems();
  failures();
  operators();
}

postgres.describe('an installation of roles', () => {
  describe('on PostgreSQL', () => story(() => ({ postgres: postgres.url })));
  describeOnServer('on EventStoreDB, with read models in PostgreSQL', () =>
    story(() => ({ postgres: postgres.url, log: newServerLog() })),
  );
});
