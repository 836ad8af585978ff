import { readChanges, type Told } from './change-reader.js';
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

const changesPath = (query: string) => `${house.address}${plan}/changes${query}`;
const numbers = (told: readonly Told[]) => told.map(({ id }) => id);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const reached = (last: number) => (told: Told) => told.id === last;

/** Where the last order that was sent stands: what reads must have folded. */
let reachedPosition = '';

const least = () => (reachedPosition === '' ? '' : `&minPosition=${reachedPosition}`);

async function revisionNow(): Promise<number> {
  return (await house.get<Listed>(`${plan}/orders?limit=1${least()}`)).body.revision;
}

let sent = 0;
async function sendOrders(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    sent += 1;
    const order = salesOrder(`SO-LIVE-${sent}`, 'BIKE-CITY', String(sent), '2026-12-18');
    reachedPosition = (await house.post<Taken>(`${base}/events`, order)).body.position;
  }
}

interface Difference {
  readonly item: string;
  readonly orders: readonly { readonly key: string; readonly after?: Json }[];
  readonly messages: readonly unknown[];
  readonly causes: readonly { readonly kind: string; readonly name: string }[];
}

const nodesOf = ({ data }: Told) => (data?.['nodes'] ?? []) as readonly Difference[];

describe('changes of a plan', () => {
  it('are told once each, those before the reader came and those after', async () => {
    const last = (await revisionNow()) + 5;
    const reading = readChanges(changesPath('?from=0'), reached(last));
    await sendOrders(5);
    expect(numbers(await reading)).toEqual(upTo(last));
  });

  it('go on behind the last event that a reader has seen', async () => {
    await sendOrders(2);
    const last = await revisionNow();
    const seen = { 'last-event-id': String(last - 2) };
    const told = await readChanges(changesPath('?from=0'), reached(last), seen);
    expect(numbers(told)).toEqual([last - 1, last]);
  });

  it('add up to the orders that the plan shows', async () => {
    await sendOrders(2);
    const { body } = await house.get<Listed>(`${plan}/orders?limit=1000${least()}`);
    const orders = new Map<string, Json>();
    for (const told of await readChanges(changesPath('?from=0'), reached(body.revision))) {
      for (const { key, after } of nodesOf(told).flatMap((node) => node.orders)) {
        if (after === undefined) orders.delete(key);
        else orders.set(key, after);
      }
    }
    const byId = (rows: Iterable<Json>) =>
      Object.fromEntries([...rows].map((row) => [String(row['id']), row]));
    expect(byId(orders.values())).toEqual(byId(body.items));
  });

  it('name the entry that caused them', async () => {
    const before = await revisionNow();
    await sendOrders(1);
    const [told] = await readChanges(changesPath(`?from=${before}`), reached(before + 1));
    const causes = told === undefined ? [] : nodesOf(told).flatMap((node) => node.causes);
    expect(causes.map(({ kind }) => kind)).toEqual(['entry']);
    expect(causes[0]?.name).toMatch(/^BIKE-CITY\/\d+$/);
  });

  it('of one item and kind are told alone, while the numbers go on', async () => {
    const last = await revisionNow();
    const query = '?from=0&item=FRAME&kind=messages';
    const told = await readChanges(changesPath(query), reached(last));
    expect(numbers(told)).toEqual(upTo(last));
    const nodes = told.flatMap(nodesOf);
    expect(nodes.length).toBeGreaterThan(0);
    for (const node of nodes) {
      expect(node).toMatchObject({ item: 'FRAME', orders: [] });
      expect(node.messages.length).toBeGreaterThan(0);
    }
  });

  it('are refused to a reader that is ahead of the plan, or names no revision', async () => {
    const ahead = await house.get(`${plan}/changes`, { 'last-event-id': '99999' });
    expect(ahead.body).toMatchObject({ status: 409, code: 'UNKNOWN_REVISION' });
    const wrong = await house.get(`${plan}/changes`, { 'last-event-id': 'abc' });
    expect(wrong.body).toMatchObject({ status: 400, code: 'BAD_EVENT_ID' });
    const unknown = await house.get(`${base}/plans/none/changes`);
    expect(unknown.body).toMatchObject({ status: 404, code: 'UNKNOWN_PLAN' });
  });

  it('are listed as revisions, in pages, and each can be read whole', async () => {
    const last = await revisionNow();
    const listed: unknown[] = [];
    let cursor = '';
    do {
      const path = `${plan}/revisions?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const { body } = await house.get<Listed>(path);
      listed.push(...body.items.map((item) => item['revision']));
      cursor = body.cursor ?? '';
    } while (cursor !== '');
    expect(listed).toEqual(upTo(last));
    const { body } = await house.get(`${plan}/revisions/${last}`);
    const [told] = await readChanges(changesPath(`?from=${last - 1}`), reached(last));
    expect(body).toEqual(told?.data);
    expect((await house.get(`${plan}/revisions/${last + 1}`)).status).toBe(404);
  });

  it('end with a last event when the server stops', async () => {
    const ending = await serve(temporaryFolder());
    const address = `${ending.address}${plan}/changes?from=0`;
    let stopping: Promise<void> | undefined;
    const told = await readChanges(address, (one) => {
      stopping ??= ending.stop();
      return one.event === 'closing';
    });
    await stopping;
    expect(told.at(-1)).toMatchObject({ event: 'closing' });
  });
});
