import {
  salesOrder,
  serve,
  smallCompany,
  temporaryFolder,
  type Answer,
  type Json,
  type Listed,
  type ServedHouse,
  type Taken,
} from './served-house.js';

const folder = temporaryFolder();
let house: ServedHouse;
const base = '/v1/companies/acme';

beforeAll(async () => {
  house = await serve(folder, false);
  await house.post(`${base}/events`, smallCompany);
});

afterAll(async () => {
  await house.stop();
  expect(house.failures).toEqual([]);
});

describe('events over HTTP', () => {
  it('answers with the position at which the plan shows what was sent', async () => {
    const order = salesOrder('SO-1', 'BOLT', '12.5', '2026-12-10');
    const { body: taken } = await house.post<Taken>(`${base}/events`, order);
    expect(taken).toMatchObject({ accepted: 1, repeated: 0, refused: 0 });
    const path = `${base}/plans/dynamic/orders?minPosition=${taken.position}`;
    const { body } = await house.get<Listed>(path);
    expect(body.items).toMatchObject([
      { item: 'BOLT', quantity: '12.5', requirementDate: '2026-12-10', opener: 'SO-1' },
    ]);
  });

  it('counts a repeated event once, and plans nothing for it', async () => {
    const order = salesOrder('SO-2', 'BOLT', '3', '2026-12-11');
    const first = await house.post<Taken>(`${base}/events`, [order]);
    const orders = `${base}/plans/dynamic/orders?minPosition=`;
    const before = await house.get<Listed>(`${orders}${first.body.position}`);
    const again = await house.post<Taken>(`${base}/events`, [order, order]);
    expect(first.body.accepted).toBe(1);
    expect(again.body).toMatchObject({ accepted: 0, repeated: 2 });
    const after = await house.get<Listed>(`${orders}${again.body.position}`);
    expect(after.body).toEqual(before.body);
  });

  it('says why a row is refused, and keeps it until its correction is sent', async () => {
    const wrong = salesOrder('SO-3', 'BOLT', '-3', '2026-12-12');
    const right = salesOrder('SO-3', 'BOLT', '3', '2026-12-12');
    const good = salesOrder('SO-4', 'BOLT', '1', '2026-12-12');
    const { status, body } = await house.post<Taken>(`${base}/events`, [good, wrong]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 1, refused: 1 });
    const [row] = body.refusedRows;
    expect(row).toMatchObject({ index: 1, code: 'INVALID_QUANTITY', rule: 'QTY_SIGN' });
    expect(row?.remedy).not.toBe('');
    const list = `${base}/dead-letters?minPosition=`;
    const letters = await house.get<Listed>(`${list}${body.position}`);
    expect(letters.body.items).toMatchObject([{ id: row?.letter, code: 'INVALID_QUANTITY' }]);
    const path = `${base}/dead-letters/${row?.letter}/send-again`;
    const sent = (await house.post<Taken>(path, right)).body;
    expect(sent.accepted).toBe(1);
    expect((await house.get<Listed>(`${list}${sent.position}`)).body.items).toEqual([]);
    expect((await house.post(path, right)).status).toBe(404);
  });

  it('gives a dead letter up once', async () => {
    const { body } = await house.post<Taken>(`${base}/events`, { type: 'weather.changed.v1' });
    const path = `${base}/dead-letters/${body.refusedRows[0]?.letter}/give-up`;
    expect((await house.post(path)).status).toBe(200);
    expect((await house.post(path)).body).toMatchObject({ status: 404, code: 'UNKNOWN_LETTER' });
  });

  it('parks what names something unknown, and takes it up when that arrives', async () => {
    const count = { id: 'C-1', item: 'NUT', quantity: '40' };
    const counted = { type: 'stock.counted.v1', source: 'store', version: 1, data: count };
    const waiting = (await house.post<Taken>(`${base}/events`, counted)).body;
    expect(waiting.parked).toBe(1);
    const list = `${base}/parked?minPosition=`;
    const parked = await house.get<Listed>(`${list}${waiting.position}`);
    expect(parked.body.items).toMatchObject([{ code: 'UNKNOWN_ITEM', subject: 'C-1' }]);
    const nut = { type: 'item.changed.v1', source: 'desk', version: 1, data: { id: 'NUT' } };
    const { body } = await house.post<Taken>(`${base}/events`, nut);
    const path = `${base}/plans/dynamic/stock?item=NUT&minPosition=${body.position}`;
    expect((await house.get<Listed>(path)).body.items).toMatchObject([{ onHand: '40' }]);
    expect((await house.get<Listed>(`${list}${body.position}`)).body.items).toEqual([]);
  });

  it('takes a long stream of lines, and tells rows by their place in it', async () => {
    const lines = Array.from({ length: 4_500 }, (_, index) => {
      const data = { id: `A-${index}`, item: 'BOLT', quantity: '1' };
      return JSON.stringify({ type: 'stock.adjusted.v1', version: 1, data });
    });
    lines[4_321] = '{"type":';
    lines.splice(100, 0, '');
    const { body } = await house.postLines<Taken>(`${base}/events?source=store`, lines);
    expect(body).toMatchObject({ accepted: 4_499, refused: 1 });
    expect(body.refusedRows).toMatchObject([{ index: 4_321, code: 'JSON_SYNTAX' }]);
    const path = `${base}/plans/dynamic/stock?item=BOLT&minPosition=${body.position}`;
    expect((await house.get<Listed>(path)).body.items).toMatchObject([{ onHand: '4499' }]);
  });
});

describe('what is no event', () => {
  const cases: readonly [string, () => Promise<Answer<Json>>, Json][] = [
    [
      'a company without events',
      () => house.get('/v1/companies/nobody/plans'),
      { status: 404, code: 'UNKNOWN_COMPANY' },
    ],
    [
      'a name that no company can have',
      () => house.get('/v1/companies/a%2Fb/plans'),
      { status: 400, code: 'ID_FORMAT' },
    ],
    [
      'a body that is no JSON',
      () => house.post(`${base}/runs`),
      { status: 400, code: 'JSON_SYNTAX' },
    ],
    [
      'more than 10,000 events in one body',
      () => house.post(`${base}/events`, Array(10_001).fill({})),
      { status: 413, code: 'TOO_MANY_EVENTS' },
    ],
    [
      'a parameter that the route does not know',
      () => house.get(`${base}/plans/dynamic/orders?items=BOLT`),
      { status: 400, code: 'INVALID_QUERY' },
    ],
    ['a route that is not there', () => house.get('/v2'), { status: 404, code: 'UNKNOWN_ROUTE' }],
  ];

  it.each(cases)('is answered with a problem: %s', async (_, ask, problem) => {
    const { type, body } = await ask();
    expect(body).toMatchObject(problem);
    expect(type).toContain('application/problem+json');
    expect(Object.keys(body)).toEqual(
      expect.arrayContaining(['rule', 'values', 'remedy', 'detail']),
    );
  });

  it('does not make a company of a request that leaves nothing in the log', async () => {
    await house.post('/v1/companies/ghost/events', []);
    expect((await house.get('/v1/companies/ghost/plans')).status).toBe(404);
    expect((await house.get<Json>('/v1/companies')).body).toEqual({ items: ['acme'] });
  });
});
