import { ListReader } from './list-reader.js';
import {
  salesOrder,
  serve,
  temporaryFolder,
  type Answer,
  type Json,
  type Listed,
  type ServedHouse,
  type Taken,
} from './served-house.js';

const base = '/v1/companies/example';
const plan = `${base}/plans/dynamic`;
const day = '2026-12-18';
let house: ServedHouse;
let reader: ListReader;

beforeAll(async () => {
  house = await serve(temporaryFolder());
  reader = new ListReader(house, base);
});

afterAll(async () => {
  await house.stop();
  expect(house.failures).toEqual([]);
});

describe('filters', () => {
  const all = (list: string) => reader.all(`${plan}/${list}`);

  const cases: readonly [string, string, (row: Json) => boolean][] = [
    ['orders', 'item=WHEEL', ({ item }) => item === 'WHEEL'],
    ['orders', 'type=purchase', ({ type }) => type === 'purchase'],
    ['orders', 'status=approved', ({ status }) => status === 'approved'],
    ['orders', 'fromDate=2026-12-10', ({ requirementDate }) => on(requirementDate) >= '2026-12-10'],
    [
      'orders',
      'type=production&fromDate=2026-12-01&toDate=2026-12-18',
      ({ type, requirementDate }) =>
        type === 'production' && on(requirementDate) >= '2026-12-01' && on(requirementDate) <= day,
    ],
    ['messages', 'messageKind=delay', ({ kind }) => kind === 'delay'],
    ['messages', 'messageKind=action', ({ kind }) => kind === 'action'],
    ['coverage', 'item=FRAME', ({ item }) => item === 'FRAME'],
    ['stock', 'item=SPOKE', ({ item }) => item === 'SPOKE'],
  ];

  beforeAll(async () => {
    const { items } = await reader.listed(`${plan}/orders?type=purchase&limit=1`);
    const { body } = await house.post<{ position: string }>(`${base}/commands`, {
      kind: 'approve',
      order: items[0]?.['id'],
    });
    reader.reached = body.position;
  });

  it.each(cases)('of %s by %s select the rows, their number and their pages', async (...one) => {
    const [list, query, isMeant] = one;
    const meant = (await all(list)).filter(isMeant);
    expect(meant.length).toBeGreaterThan(0);
    const found = await reader.listed(`${plan}/${list}?${query}&limit=1000`);
    expect(found.items).toEqual(meant);
    expect(found.total).toBe(meant.length);
    expect((await reader.pagesOf(`${plan}/${list}?${query}&`, 17)).flat()).toEqual(meant);
  });

  it('that select nothing give an empty list, and none that is wrong gets through', async () => {
    const none = await reader.listed(`${plan}/orders?item=NOTHING`);
    expect([none.items, none.total, none.cursor]).toEqual([[], 0, undefined]);
    const refused = ['fromDate=soon', 'status=firm', 'limit=0', 'limit=1001', 'messageKind=delay'];
    for (const query of refused) {
      const { status } = await house.get(`${plan}/orders?${query}`);
      expect([query, status]).toEqual([query, 400]);
    }
  });

  it('belong to the cursor: it is good for the same ones alone', async () => {
    const { cursor } = await reader.listed(`${plan}/orders?type=purchase&limit=1`);
    const others = ['', 'type=production&', 'type=purchase&fromDate=2026-12-01&'];
    for (const query of others) {
      const { body } = await house.get(`${plan}/orders?${query}cursor=${cursor}`);
      expect([query, body['code']]).toEqual([query, 'BAD_CURSOR']);
    }
    const stock = await reader.listed(`${base}/stock?limit=1`);
    const { body } = await house.get(`${base}/journals?cursor=${stock.cursor}`);
    expect(body['code']).toBe('BAD_CURSOR');
  });
});

const on = (date: unknown) => String(date);

describe('a page', () => {
  it('goes on behind its last row, whatever comes and goes in between', async () => {
    const path = `${plan}/orders?limit=6`;
    const first = await reader.listed(path);
    const last = first.items.at(-1);
    await reader.send([
      salesOrder('SO-P1', 'BIKE-CITY', '3', '2026-12-30'),
      salesOrder('SO-P2', 'WHEEL', '30', '2026-12-30'),
    ]);
    const rows = [...(await reader.listed(`${path}&cursor=${first.cursor}`)).items];
    const whole = (await reader.listed(`${plan}/orders?limit=1000`)).items;
    const place = whole.findIndex(({ id }) => id === last?.['id']);
    expect(place).toBeGreaterThanOrEqual(0);
    expect(rows).toEqual(whole.slice(place + 1, place + 7));
  });
});

const lists = ['orders', 'requirements', 'coverage', 'messages', 'stock', 'churn', 'revisions'];

describe('an answer that the reader has', () => {
  const ask = (list: string, etag: string): Promise<Answer<Json>> =>
    house.get(`${plan}/${list}?limit=5`, { 'if-none-match': etag });

  it.each(lists)('is not sent again until the plan has another revision: %s', async (list) => {
    const { etag } = await house.get(`${plan}/${list}?limit=5&minPosition=${reader.reached}`);
    expect(etag).toMatch(/^"\d+-\d+"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, body } = await ask(list, known);
      expect([known, status, body]).toEqual([known, 304, '']);
    }
    expect((await ask(list, '"other"')).status).toBe(200);
    await reader.send([salesOrder(`SO-E-${list}`, 'BIKE-CITY', '1', '2026-12-28')]);
    const path = `${plan}/${list}?limit=5&minPosition=${reader.reached}`;
    const after = await house.get<Json>(path, { 'if-none-match': etag });
    expect([after.status, after.etag === etag]).toEqual([200, false]);
  });
});

describe('minPosition', () => {
  const paths = [
    ...[...lists, 'requirements?item=RIM'].map((list) => `${plan}/${list}`),
    ...['stock', 'journals', 'plans'].map((list) => `${base}/${list}`),
  ];

  it.each(paths)('reads what was just written, and nothing less: %s', async (path) => {
    const joint = path.includes('?') ? '&' : '?';
    const order = salesOrder(`SO-M-${path}`, 'RIM', '1', '2026-12-29');
    const { body } = await house.post<Taken>(`${base}/events`, order);
    const answer = await house.get(`${path}${joint}minPosition=${body.position}`);
    const { tidemark, position, items } = answer.body as Json & Listed;
    const reachedBy = path.startsWith(plan) ? tidemark : position;
    expect(answer.status).toBe(200);
    expect(Array.isArray(items)).toBe(true);
    expect(Number(reachedBy)).toBeGreaterThanOrEqual(Number(body.position));
  });
});
