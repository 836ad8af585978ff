import { salesOrder, serve, temporaryFolder, type Json, type ServedHouse } from './served-house.js';

const base = '/v1/companies/example';
const plan = `${base}/plans/dynamic`;
let house: ServedHouse;
let position: string;

beforeAll(async () => {
  house = await serve(temporaryFolder());
  const events = [salesOrder('SO-900/1', 'BIKE-CITY', '40', '2026-12-18')];
  const sent = await house.post<{ position: string }>(`${base}/events`, events);
  ({ position } = sent.body);
});

afterAll(async () => {
  await house.stop();
  expect(house.failures).toEqual([]);
});

interface Explosion {
  readonly revision: number;
  readonly orders: readonly string[];
  readonly demands: readonly string[];
}

describe('questions to the plan', () => {
  it('tell what must be completed for a line, and what hangs on each of its orders', async () => {
    const exploded = await house.get<Explosion>(
      `${plan}/explosions/SO-900%2F1?minPosition=${position}`,
    );
    expect(exploded.status).toBe(200);
    expect(exploded.body.orders.length).toBeGreaterThan(3);
    for (const order of exploded.body.orders) {
      const { body } = await house.get<Explosion>(
        `${plan}/explosions/${encodeURIComponent(order)}`,
      );
      expect(body.demands).toContain('SO-900/1');
    }
  });

  it('tell what demands lack, by item', async () => {
    const one = await house.get<{ items: Json[] }>(`${plan}/shortages?demand=SO-900%2F1`);
    expect(one.body.items.map(({ item }) => item)).toContain('BIKE-CITY');
    const two = await house.get<{ items: Json[] }>(
      `${plan}/shortages?demand=SO-900%2F1&demand=SO-1%2F2`,
    );
    expect(two.body.items).not.toEqual(one.body.items);
    const none = await house.get<{ items: Json[] }>(`${plan}/shortages`);
    expect(none.body.items).toEqual([]);
  });

  it('tell settings that deserve a warning, with their effect', async () => {
    const { body } = await house.get<{ items: Json[]; total: number }>(`${plan}/findings`);
    expect(body.total).toBe(body.items.length);
    // The example factory buys handlebars far earlier than it uses them up.
    const bars = body.items.find(({ subject }) => (subject as Json)['id'] === 'BAR');
    expect(bars).toMatchObject({
      rule: 'PC-4',
      proposal: expect.stringMatching(/^positiveDays \d+$/) as string,
      effect: { kind: 'computed', present: { orders: expect.any(Number) as number } },
    });
  });

  it('are refused for a plan that is not there', async () => {
    for (const question of ['findings', 'shortages', 'explosions/SO-900%2F1']) {
      const { status, body } = await house.get(`${base}/plans/none/${question}`);
      expect([status, body['code']]).toEqual([404, 'UNKNOWN_PLAN']);
    }
  });
});

describe('a preview of a command', () => {
  const reserve = { kind: 'autoReserve', types: ['salesOrder'] };

  it('tells what would be recorded, and records nothing', async () => {
    const before = await house.get<{ revision: number }>(`${plan}/orders?limit=1`);
    const preview = await house.post<{ decisions: Json[] }>(`${base}/commands/preview`, reserve);
    expect(preview.body.decisions.length).toBeGreaterThan(0);
    const after = await house.get<{ revision: number }>(`${plan}/orders?limit=1`);
    expect(after.body.revision).toBe(before.body.revision);
  });

  it('is refused as the command would be', async () => {
    const firm = { kind: 'firm', order: 'none' };
    const preview = await house.post(`${base}/commands/preview`, firm);
    const command = await house.post(`${base}/commands`, firm);
    expect(preview.body['code']).toBe('UNKNOWN_ORDER');
    expect([preview.status, preview.body['code']]).toEqual([command.status, command.body['code']]);
  });
});
