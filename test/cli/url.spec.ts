import { serve, temporaryFolder, type ServedHouse } from '../http/served-house.js';
import { runCli, type CliOutcome } from './run-cli.js';
import { join } from 'node:path';

describe('commands on a running server', () => {
  let folder = '';
  let house: ServedHouse;
  const ask = (...args: string[]): Promise<CliOutcome> =>
    runCli([...args, '--url', house.address, '--company', 'example']);
  const read = (...args: string[]): Promise<CliOutcome> =>
    runCli([...args, '--data', join(folder, 'data'), '--company', 'example']);

  beforeAll(async () => {
    folder = temporaryFolder();
    house = await serve(folder);
  });
  afterAll(() => house.stop());

  it.each([['hash'], ['orders'], ['messages'], ['export', 'requirements'], ['export', 'coverage']])(
    'say of its plan what the log beside it says: %s %s',
    async (...args) => {
      const [asked, found] = [await ask(...args), await read(...args)];
      expect([asked.code, asked.stderr]).toEqual([0, '']);
      expect(asked.stdout.length).toBeGreaterThan(50);
      expect(asked.stdout).toBe(found.stdout);
    },
  );

  it('say of an order what the log beside it says', async () => {
    const listed = await ask('orders', '--json');
    const orders = JSON.parse(listed.stdout) as { readonly id: string; readonly item: string }[];
    const { id = '' } = orders.find(({ item }) => item === 'FRAME') ?? {};
    const asked = await ask('explain', '--order', id);
    const found = await read('explain', '--order', id);
    expect([asked.code, asked.stderr, asked.stdout]).toEqual([0, '', found.stdout]);
    expect(asked.stdout).toContain('serves:');
    const rules = await ask('explain', '--order', id, '--rules');
    expect([rules.code, rules.stderr]).toEqual([2, expect.stringContaining('--data')]);
  });

  it('tell its companies, plans, what waits, and its read models', async () => {
    const asked = await runCli(['status', '--url', house.address]);
    expect([asked.code, asked.stderr]).toEqual([0, '']);
    expect(asked.stdout).toMatch(/company example: \d+ items with a journal/);
    expect(asked.stdout).toContain('parked 0, dead letters 0');
    expect(asked.stdout).toMatch(/dynamic +dynamic +exact +yes +1 /);
    expect(asked.stdout).toMatch(/requirements +2 +1\d{15} +no/);
    const json = await runCli(['status', '--url', house.address, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      companies: [{ company: 'example', parked: 0, plans: [{ id: 'dynamic', revision: 1 }, {}] }],
      readModels: expect.arrayContaining([expect.objectContaining({ model: 'churn' })]) as unknown,
    });
  });

  it('make a run there, which needs the folder for itself elsewhere', async () => {
    const beside = await read('run', '--plan', 'static');
    expect(beside.code).toBe(1);
    const asked = await ask('run', '--plan', 'static');
    expect(asked.stdout).toMatch(/static +\d+ +regeneration/);
    const refused = await ask('run', '--plan', 'static', '--mode', 'netChange');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('NOT_ON_STATIC')]);
  });

  it('list what is kept there, and settle it', async () => {
    const sale = { id: 'SO-1', item: 'BIKE-CITY', direction: 'issue', type: 'salesOrder' };
    const wrong = { ...sale, quantity: '2,5', date: '2026-12-18' };
    const unknown = { ...sale, id: 'SO-2', item: 'LATER', quantity: '2', date: '2026-12-18' };
    const events = [wrong, unknown].map((data) => ({
      type: 'inventory.transaction.changed.v1',
      source: 'shop',
      version: 1,
      data,
    }));
    await house.post('/v1/companies/example/events', events);
    expect((await ask('parked', 'list')).stdout).toContain('UNKNOWN_ITEM');
    const listed = await ask('dead-letters', 'list', '--json');
    const [letter] = JSON.parse(listed.stdout) as { readonly id: string }[];
    const again = await ask('dead-letters', 'send-again', letter?.id ?? '');
    expect([again.code, again.stdout]).toEqual([1, expect.stringContaining('refused again')]);
    const given = await ask('dead-letters', 'give-up', letter?.id ?? '');
    expect(given.stdout).toContain('is given up');
  });

  it('say what is wrong: no server, no such plan, both places or none', async () => {
    const nobody = ['--url', 'http://127.0.0.1:9', '--company', 'example'];
    const silent = await runCli(['orders', ...nobody]);
    expect([silent.code, silent.stderr]).toEqual([1, expect.stringContaining('No server answers')]);
    const unknown = await ask('orders', '--plan', 'none');
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      expect.stringContaining('has no plan none'),
    ]);
    expect((await ask('orders', '--data', folder)).code).toBe(2);
    expect((await runCli(['orders', '--company', 'example'])).code).toBe(2);
  });
});
