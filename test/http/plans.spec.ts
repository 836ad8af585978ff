import { ListReader } from './list-reader.js';
import {
  salesOrder,
  serve,
  temporaryFolder,
  type Json,
  type Listed,
  type ServedHouse,
  type Taken,
} from './served-house.js';

const folder = temporaryFolder();
let house: ServedHouse;
const base = '/v1/companies/example';
const plan = `${base}/plans/dynamic`;

beforeAll(async () => {
  house = await serve(folder);
});

afterAll(async () => {
  await house.stop();
  expect(house.failures).toEqual([]);
});

interface Peg {
  readonly id: string;
  readonly item: string;
  readonly kind: string;
  readonly pegs: readonly Peg[];
}

const lists = ['orders', 'requirements', 'coverage', 'messages', 'stock'];

describe('lists of a plan', () => {
  it.each(lists)('%s: the pages together are the whole list, each row once', async (list) => {
    const reader = new ListReader(house, base);
    const whole = await reader.all(`${plan}/${list}`);
    const pages = await reader.pagesOf(`${plan}/${list}?`, 97);
    expect(whole.length).toBeGreaterThan(97);
    expect(pages.flat()).toEqual(whole);
    expect(pages).toHaveLength(Math.ceil(whole.length / 97));
  });

  it('refuses a cursor of another list, of another item, or of nobody', async () => {
    const { body } = await house.get<Listed>(`${plan}/orders?limit=1`);
    const wrong = [
      `${plan}/messages?cursor=${body.cursor}`,
      `${plan}/orders?item=FRAME&cursor=${body.cursor}`,
      `${plan}/orders?cursor=abc`,
    ];
    for (const path of wrong) {
      expect((await house.get(path)).body).toMatchObject({ status: 400, code: 'BAD_CURSOR' });
    }
  });

  it('shows the stock after each requirement of a node', async () => {
    const { body } = await house.get<Listed>(`${plan}/requirements?item=FRAME&limit=1000`);
    let stock = 0;
    for (const row of body.items) {
      if (row['kind'] !== 'safetyStock') {
        stock += Number(row['quantity']) * (row['direction'] === 'issue' ? -1 : 1);
      }
      expect(Number(row['accumulated'])).toBeCloseTo(stock, 6);
    }
    expect(body.items.length).toBeGreaterThan(5);
  });

  it('answers 304 until the plan changes', async () => {
    const first = await house.get<Listed>(`${plan}/orders`);
    const known = { 'if-none-match': first.etag };
    expect((await house.get(`${plan}/orders`, known)).status).toBe(304);
    const order = salesOrder('SO-NEW', 'BIKE-CITY', '3', '2026-12-20');
    const { body } = await house.post<Taken>(`${base}/events`, order);
    const changed = await house.get<Listed>(`${plan}/orders?minPosition=${body.position}`, known);
    expect(changed.status).toBe(200);
    expect(changed.body.revision).toBe(first.body.revision + 1);
  });

  it('does not pretend to have folded a position that is not there', async () => {
    const { body } = await house.get(`${plan}/orders?minPosition=9999999999999999`);
    expect(body).toMatchObject({ status: 504, code: 'POSITION_NOT_REACHED' });
  });
});

describe('pegging of an order', () => {
  it('leads up to the sales orders and down to bought parts', async () => {
    const { body: frames } = await house.get<Listed>(`${plan}/orders?item=FRAME`);
    const id = frames.items[0]?.['id'];
    const { body } = await house.get<{ demands: Peg[]; supplies: Peg[] }>(
      `${plan}/orders/${String(id)}/pegging`,
    );
    const tops = leavesOf(body.demands);
    expect(tops.length).toBeGreaterThan(0);
    expect(tops.every(({ kind }) => kind === 'transaction')).toBe(true);
    expect(new Set(leavesOf(body.supplies).map(({ item }) => item))).toEqual(
      new Set(['TUBE', 'PAINT']),
    );
  });

  it('refuses an order that the plan does not have', async () => {
    const { body } = await house.get(`${plan}/orders/nothing/pegging`);
    expect(body).toMatchObject({ status: 404, code: 'UNKNOWN_ORDER' });
  });
});

function leavesOf(pegs: readonly Peg[]): readonly Peg[] {
  return pegs.flatMap((peg) => (peg.pegs.length === 0 ? [peg] : leavesOf(peg.pegs)));
}

describe('decisions', () => {
  it('approve an order, which the plan then shows', async () => {
    const { body: orders } = await house.get<Listed>(`${plan}/orders?item=SADDLE&limit=1`);
    const order = orders.items[0]?.['id'];
    const { body } = await house.post<{ position: string; revisions: Json[] }>(`${base}/commands`, {
      kind: 'approve',
      order,
    });
    expect(body.revisions).toMatchObject([{ plan: 'dynamic', changes: { orders: 1 } }]);
    const path = `${plan}/orders?item=SADDLE&minPosition=${body.position}`;
    const shown = (await house.get<Listed>(path)).body.items.find(({ id }) => id === order);
    expect(shown).toMatchObject({ status: 'approved' });
  });

  it('are refused with the rule and what to do', async () => {
    const command = { kind: 'approve', order: 'nothing' };
    const { body } = await house.post(`${base}/commands`, command);
    expect(body).toMatchObject({ status: 422, code: 'UNKNOWN_ORDER', mentions: ['nothing'] });
  });

  it('run the static plan, and copy it', async () => {
    const run = { plan: 'static', mode: 'regeneration' };
    const made = await house.post(`${base}/runs`, run);
    expect(made.body).toMatchObject({ revisions: [{ plan: 'static', mode: 'regeneration' }] });
    const copied = await house.post(`${base}/plan-copies`, { from: 'dynamic', to: 'static' });
    expect(copied.body).toMatchObject({ revisions: [{ plan: 'static', mode: 'copy' }] });
  });

  it('promise a date without changing the plan', async () => {
    const before = await house.get<Listed>(`${plan}/orders`);
    const request = { id: 'Q', item: 'BIKE-TOUR', quantity: '10', date: '2026-12-01' };
    const { body } = await house.post(`${base}/promises`, { ...request, method: 'ctp' });
    expect(body).toMatchObject({ id: 'Q', protection: 'unprotected' });
    expect(body['date']).toMatch(/^2026-12-\d\d$/);
    expect((await house.get<Listed>(`${plan}/orders`)).body).toEqual(before.body);
    const wrong = await house.post(`${base}/promises`, { ...request, quantity: 'ten' });
    expect(wrong.body).toMatchObject({ status: 400, code: 'INVALID_QUANTITY' });
  });
});
