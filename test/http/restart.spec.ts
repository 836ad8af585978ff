import { openEmbedded } from '@tidemark/embedded';
import { createIntake } from '@tidemark/runtime';
import { exampleLines } from '@tidemark/standalone';
import { join } from 'node:path';
import { readChanges } from './change-reader.js';
import {
  salesOrder,
  serve,
  temporaryFolder,
  type Listed,
  type ServedHouse,
  type Taken,
} from './served-house.js';

const base = '/v1/companies/example';
const plan = `${base}/plans/dynamic`;
const now = Date.UTC(2026, 10, 25, 12);

async function standOf(house: ServedHouse, position: string) {
  const paths = ['orders', 'requirements', 'coverage', 'messages', 'stock', 'revisions'];
  const query = `limit=1000&minPosition=${position}`;
  const bodies: unknown[] = [];
  for (const path of paths) bodies.push((await house.get(`${plan}/${path}?${query}`)).body);
  return bodies;
}

describe('a restart on the same folder', () => {
  it('gives the same plan under the same revision, and loads no example again', async () => {
    const folder = temporaryFolder();
    const first = await serve(folder);
    expect(first.exampleEvents).toBeGreaterThan(0);
    const sale = salesOrder('SO-R', 'BIKE-TOUR', '2', '2026-12-21');
    const { position } = (await first.post<Taken>(`${base}/events`, sale)).body;
    const before = await standOf(first, position);
    await first.stop();
    const second = await serve(folder);
    expect(second.exampleEvents).toBe(0);
    expect(await standOf(second, position)).toEqual(before);
    const { body } = await second.get<Listed>(`${plan}/orders`);
    const address = `${second.address}${plan}/changes?from=0`;
    const told = await readChanges(address, ({ id }) => id === body.revision);
    expect(told.map(({ id }) => id)).toEqual(told.map((_, index) => index + 1));
    await second.stop();
    expect([...first.failures, ...second.failures]).toEqual([]);
  });

  it('finishes loading the example that a first start broke off', async () => {
    const folder = temporaryFolder();
    const stores = await openEmbedded({ folder: join(folder, 'data') });
    const intake = createIntake({ store: stores.events, clock: { now: () => now } });
    const half = exampleLines(now).slice(0, 20);
    await intake.take('example', half, { source: 'example', principal: 'example factory' });
    await stores.close();
    const house = await serve(folder);
    const whole = await serve(temporaryFolder());
    const ordersOf = async (of: ServedHouse) => {
      const { body } = await of.get<Listed>(`${plan}/orders?limit=1000`);
      return body.items;
    };
    expect(await ordersOf(house)).toEqual(await ordersOf(whole));
    await house.stop();
    await whole.stop();
  });
});
