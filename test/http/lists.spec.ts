import { compareText } from '@tidemark/kernel';
import { ListReader } from './list-reader.js';
import { salesOrder, serve, temporaryFolder, type Json, type ServedHouse } from './served-house.js';

const base = '/v1/companies/example';
const plan = `${base}/plans/dynamic`;
const day = '2026-12-18';
let house: ServedHouse;
let reader: ListReader;

beforeAll(async () => {
  house = await serve(temporaryFolder());
  reader = new ListReader(house, base);
  await reader.send([salesOrder('SO-C', 'SADDLE', '60', '2027-03-10')]);
});

afterAll(async () => {
  await house.stop();
  expect(house.failures).toEqual([]);
});

const version = (number: number, event: Json): Json => ({ ...event, version: number });

/** The planned orders of an item that a sales order opened. */
async function ordersOpenedBy(opener: string, item: string): Promise<readonly Json[]> {
  const { items } = await reader.listed(`${plan}/orders?item=${item}`);
  return items.filter((order) => order['opener'] === opener);
}

describe('churn', () => {
  const churned = async () => (await reader.listed(`${plan}/churn?item=SADDLE&limit=1000`)).items;

  it('counts the revisions in which an order was moved, and tells the last move', async () => {
    const [order] = await ordersOpenedBy('SO-C', 'SADDLE');
    const id = order?.['id'];
    expect((await churned()).filter((row) => row['order'] === id)).toEqual([]);
    await reader.send([version(2, salesOrder('SO-C', 'SADDLE', '61', '2027-03-10'))]);
    await reader.send([version(3, salesOrder('SO-C', 'SADDLE', '61', '2027-03-15'))]);
    const [moved] = await ordersOpenedBy('SO-C', 'SADDLE');
    const { revision } = await reader.listed(`${plan}/orders?limit=1`);
    const last = { requirementDate: '2027-03-10', deliveryDate: '2027-03-10' };
    expect((await churned()).filter((row) => row['order'] === id)).toMatchObject([
      {
        item: 'SADDLE',
        moves: 2,
        lastMove: {
          revision,
          before: { ...last, quantity: moved?.['quantity'] },
          after: { requirementDate: '2027-03-15', quantity: moved?.['quantity'] },
        },
      },
    ]);
  });

  it('of an order goes with the order', async () => {
    const [order] = await ordersOpenedBy('SO-C', 'SADDLE');
    const wanted = (rows: readonly Json[]) => rows.map((row) => row['order']);
    expect(wanted(await churned())).toContain(order?.['id']);
    await reader.send([version(4, salesOrder('SO-C', 'SADDLE', '0', '2027-03-15'))]);
    expect(await ordersOpenedBy('SO-C', 'SADDLE')).toEqual([]);
    expect(wanted(await churned())).not.toContain(order?.['id']);
  });

  it('is listed by item, in pages', async () => {
    await reader.send([salesOrder('SO-D', 'BIKE-TOUR', '7', day)]);
    await reader.send([version(2, salesOrder('SO-D', 'BIKE-TOUR', '9', day))]);
    const whole = await reader.listed(`${plan}/churn?limit=1000`);
    const pages = await reader.pagesOf(`${plan}/churn?`, 2);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat()).toEqual(whole.items);
    const frames = await reader.listed(`${plan}/churn?item=FRAME`);
    expect(frames.items).toEqual(whole.items.filter(({ item }) => item === 'FRAME'));
    expect(frames.total).toBe(frames.items.length);
  });
});

const sum = (rows: readonly Json[], key: string) =>
  rows.reduce((total, row) => total + Number(row[key]), 0);

describe('stock', () => {
  it('is the counts, receipts and issues of each place, and of the plan their sum', async () => {
    const stocked = { source: 'store', version: 1 };
    const place = (warehouse: string) => ({ item: 'PAINT', dimensions: { warehouse } });
    const counted = { id: 'C-A', ...place('A'), quantity: '12.25' };
    const adjusted = { id: 'A-B', ...place('B'), quantity: '3' };
    await reader.send([
      { type: 'stock.counted.v1', ...stocked, data: counted },
      { type: 'stock.adjusted.v1', ...stocked, data: adjusted },
    ]);
    const { items } = await reader.listed(`${base}/stock?item=PAINT`);
    expect(items.map(({ dimensions, onHand }) => [dimensions, onHand])).toEqual([
      [{}, '6.5'],
      [{ warehouse: 'A' }, '12.25'],
      [{ warehouse: 'B' }, '3'],
    ]);
    const ofPlan = await reader.listed(`${plan}/stock?item=PAINT`);
    expect(sum(ofPlan.items, 'onHand')).toBe(21.75);
  });

  it('moves with an issue that is deducted, and tells where in the log', async () => {
    const order = salesOrder('SO-S', 'PAINT', '1.5', day);
    await reader.send([order]);
    const before = await reader.listed(`${base}/stock?item=PAINT`);
    const data = { ...(order['data'] as Json), status: 'deducted' };
    await reader.send([version(2, { ...order, data })]);
    const after = await reader.listed(`${base}/stock?item=PAINT`);
    expect(sum(before.items, 'onHand') - sum(after.items, 'onHand')).toBe(1.5);
    expect(after.items[0]).toMatchObject({ dimensions: {}, onHand: '5', position: reader.reached });
    expect(after.items.slice(1)).toEqual(before.items.slice(1));
  });

  it('is the whole list in pages', async () => {
    const whole = await reader.all(`${base}/stock`);
    expect((await reader.listed(`${base}/stock?limit=1`)).total).toBe(whole.length);
    expect((await reader.pagesOf(`${base}/stock?`, 5)).flat()).toEqual(whole);
  });
});

describe('journals', () => {
  const journalOf = async (item: string) =>
    (await reader.listed(`${base}/journals?item=${item}`)).items;

  it('tell the last entry of each item: its number, place, source and cause', async () => {
    await reader.send([salesOrder('SO-J', 'RIM', '4', day)]);
    const [first] = await journalOf('RIM');
    expect(first).toMatchObject({ item: 'RIM', subject: 'SO-J', source: 'shop', version: 1 });
    expect(first?.['position']).toBe(reader.reached);
    await reader.send([version(2, salesOrder('SO-J', 'RIM', '5', day))]);
    const [second] = await journalOf('RIM');
    expect(second).toMatchObject({ subject: 'SO-J', version: 2, position: reader.reached });
    expect(Number(second?.['sequence'])).toBe(Number(first?.['sequence']) + 1);
  });

  it('do not move for what planning does not look at', async () => {
    const before = await journalOf('RIM');
    const order = salesOrder('SO-J', 'RIM', '5', day);
    const document = { type: 'salesOrder', id: 'SO-J', line: '1' };
    await reader.send([version(3, { ...order, data: { ...(order['data'] as Json), document } })]);
    expect(await journalOf('RIM')).toEqual(before);
  });

  it('are the whole list in pages, one for each item with entries', async () => {
    const whole = await reader.all(`${base}/journals`);
    const items = whole.map(({ item }) => String(item));
    expect(items).toEqual([...new Set(items)].toSorted(compareText));
    expect(items).toContain('BIKE-CITY');
    expect((await reader.pagesOf(`${base}/journals?`, 3)).flat()).toEqual(whole);
  });
});
