import {
  salesOrder,
  serve,
  smallCompany,
  temporaryFolder,
  type Json,
  type Listed,
  type ServedHouse,
  type Taken,
} from './served-house.js';

const base = '/v1/companies/acme';
const plan = `${base}/plans/dynamic`;
let house: ServedHouse;

/** Follows its journal by runs alone, so that what comes in stays pending. */
const onRequest: Json = {
  type: 'plan.defined.v1',
  source: 'desk',
  version: 2,
  data: { id: 'dynamic', kind: 'dynamic', continuity: 'onRequest' },
};
const nut: Json = { type: 'item.changed.v1', source: 'desk', version: 1, data: { id: 'NUT' } };

beforeAll(async () => {
  house = await serve(temporaryFolder(), false);
  await send([...smallCompany, onRequest, nut, salesOrder('SO-1', 'BOLT', '5', '2026-12-10')]);
  await house.post(`${base}/runs`, { plan: 'dynamic', mode: 'netChange' });
});

afterAll(async () => {
  await house.stop();
  expect(house.failures).toEqual([]);
});

async function send(events: readonly Json[]): Promise<string> {
  const { body } = await house.post<Taken>(`${base}/events`, events);
  expect(body).toMatchObject({ accepted: events.length, refusedRows: [] });
  return body.position;
}

async function profileOf(item: string, query = ''): Promise<Listed> {
  return (await house.get<Listed>(`${plan}/requirements?item=${item}${query}`)).body;
}

/** What a profile shows of the sales orders: quantity, and what of it is uncovered. */
function issuesIn({ items }: Listed): readonly (readonly unknown[])[] {
  return items
    .filter(({ direction }) => direction === 'issue')
    .map(({ id, quantity, uncovered }) => [id, quantity, uncovered]);
}

/** All that a plan has committed, and how far the log goes. */
async function standing(position: string): Promise<readonly unknown[]> {
  const lists = ['orders', 'requirements', 'coverage', 'messages', 'revisions'];
  const paths = lists.map((list) => `${plan}/${list}?minPosition=${position}`);
  const answers = [...paths, `${base}/journals?minPosition=${position}`].map((path) =>
    house.get(path),
  );
  return (await Promise.all(answers)).map(({ body }) => body);
}

describe('a requirement profile with entries that the plan has not folded (DU-2)', () => {
  it('shows a new issue uncovered, and the stock that it leaves', async () => {
    const position = await send([salesOrder('SO-2', 'BOLT', '3', '2026-12-12')]);
    const before = await standing(position);
    const profile = await profileOf('BOLT');
    expect(issuesIn(profile)).toEqual([
      ['SO-1', '5', '0'],
      ['SO-2', '3', '3'],
    ]);
    expect(profile.items.at(-1)).toMatchObject({ id: 'SO-2', accumulated: '-3' });
    expect(profile.total).toBe(3);
    expect(profile.revision).toBe(1);
    expect(await standing(position)).toEqual(before);
  });

  it('leaves the lists of the plan as they were committed', async () => {
    const { body: orders } = await house.get<Listed>(`${plan}/orders`);
    expect(orders.items).toMatchObject([{ opener: 'SO-1' }]);
    const { body: all } = await house.get<Listed>(`${plan}/requirements`);
    expect(issuesIn(all)).toEqual([['SO-1', '5', '0']]);
    expect((await profileOf('NUT')).items).toEqual([]);
  });

  it('is paged by the rows that it shows', async () => {
    const whole = await profileOf('BOLT');
    const rows: Json[] = [];
    let cursor = '';
    do {
      const page = await profileOf('BOLT', `&limit=1${cursor}`);
      expect(page.items.length).toBe(1);
      rows.push(...page.items);
      cursor = page.cursor === undefined ? '' : `&cursor=${page.cursor}`;
    } while (cursor !== '');
    expect(rows).toEqual(whole.items);
  });

  it('shows the quantity and the removal that wait, the coverage that stands', async () => {
    const more = { ...salesOrder('SO-1', 'BOLT', '9', '2026-12-10'), version: 2 };
    await send([more]);
    expect(issuesIn(await profileOf('BOLT'))).toEqual([
      ['SO-1', '9', '4'],
      ['SO-2', '3', '3'],
    ]);
    const data = { id: 'SO-1', item: 'BOLT' };
    const type = 'inventory.transaction.removed.v1';
    await send([{ type, source: 'shop', version: 3, data }]);
    const profile = await profileOf('BOLT');
    expect(issuesIn(profile)).toEqual([['SO-2', '3', '3']]);
    expect(profile.items.find(({ kind }) => kind === 'plannedOrder')).toMatchObject({ free: '5' });
  });

  it('is not modified until another entry of the item waits', async () => {
    const path = `${plan}/requirements?item=BOLT`;
    const { etag } = await house.get(path);
    await send([salesOrder('SO-N', 'NUT', '1', '2026-12-15')]);
    const known = { 'if-none-match': etag };
    expect((await house.get(path, known)).status).toBe(304);
    await send([salesOrder('SO-3', 'BOLT', '2', '2026-12-15')]);
    const changed = await house.get(path, known);
    expect([changed.status, changed.etag === etag]).toEqual([200, false]);
  });

  it('is what the next run finds: then every row is of the plan, and covered', async () => {
    const before = await profileOf('BOLT');
    const { body } = await house.post(`${base}/runs`, { plan: 'dynamic', mode: 'netChange' });
    expect(body).toMatchObject({ revisions: [{ revision: 2 }] });
    const after = await profileOf('BOLT', `&minPosition=${String(body['position'])}`);
    const ids = (listed: Listed) => issuesIn(listed).map(([id]) => id);
    expect(ids(after)).toEqual(ids(before));
    expect(issuesIn(after).every(([, , uncovered]) => uncovered === '0')).toBe(true);
    const listed = await house.get<Listed>(`${plan}/requirements`);
    expect(listed.body.items.filter(({ item }) => item === 'BOLT')).toEqual(after.items);
  });

  it('is refused for a plan that is not there', async () => {
    const { body } = await house.get(`${base}/plans/none/requirements?item=BOLT`);
    expect(body).toMatchObject({ status: 404, code: 'UNKNOWN_PLAN' });
  });
});
