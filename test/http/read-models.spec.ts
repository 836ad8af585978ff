import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  salesOrder,
  serve,
  temporaryFolder,
  type Json,
  type Listed,
  type ServedHouse,
  type Taken,
} from './served-house.js';

const base = '/v1/companies/example';
const plan = `${base}/plans/dynamic`;
let house: ServedHouse;

beforeAll(async () => {
  house = await serve(temporaryFolder());
});

afterAll(async () => {
  await house.stop();
  expect(house.failures).toEqual([]);
});

interface Model {
  readonly model: string;
  readonly generation: number;
  readonly through: string;
  readonly isRebuilding: boolean;
}

async function models(): Promise<readonly Model[]> {
  const { body } = await house.get<{ items: readonly Model[] }>('/v1/read-models');
  return body.items;
}

const generations = (all: readonly Model[]) =>
  Object.fromEntries(all.map(({ model, generation }) => [model, generation]));

const paths = [
  ...['orders', 'requirements', 'coverage', 'messages', 'stock', 'churn', 'revisions'].map(
    (list) => `${plan}/${list}`,
  ),
  ...['stock', 'journals', 'dead-letters', 'parked', 'plans'].map((list) => `${base}/${list}`),
];

async function answers(position: string): Promise<readonly (readonly [string, Json])[]> {
  const all = paths.map(async (path) => {
    const limit = path.endsWith('plans') ? '' : 'limit=100&';
    const { body } = await house.get<Json>(`${path}?${limit}minPosition=${position}`);
    return [path, body] as const;
  });
  return Promise.all(all);
}

let sent = 0;
async function sendOrder(): Promise<string> {
  sent += 1;
  const order = salesOrder(`SO-R-${sent}`, 'BIKE-TOUR', String(sent), '2026-12-21');
  return (await house.post<Taken>(`${base}/events`, order)).body.position;
}

describe('read models', () => {
  it('are listed with how far each has folded the log', async () => {
    const position = await sendOrder();
    await answers(position);
    const { body } = await house.get('/v1/read-models');
    expect(body).toMatchObject({ lagSeconds: 0 });
    const listed = await models();
    expect(listed.map(({ model }) => model)).toEqual(
      expect.arrayContaining(['plans', 'orders', 'requirements', 'churn', 'stock', 'journal']),
    );
    for (const { through, isRebuilding } of listed) {
      expect(Number(through)).toBeGreaterThanOrEqual(Number(position));
      expect(isRebuilding).toBe(false);
    }
  });

  it('built anew give the answers that those before them gave', async () => {
    const position = await sendOrder();
    // Planned first: what the planner appends moves the place that stock is told at.
    await answers(position);
    await house.ready();
    const before = await answers(position);
    const built = generations(await models());
    const { status, body } = await house.post('/v1/read-models/all/rebuild');
    expect([status, body['rebuilding']]).toEqual([200, Object.keys(built)]);
    await untilRebuilt(built, Object.keys(built));
    expect(await answers(position)).toEqual(before);
  });

  it('serve while they are built anew, and lose nothing that is sent meanwhile', async () => {
    const built = generations(await models());
    await house.post('/v1/read-models/all/rebuild');
    let last = '';
    await untilRebuilt(built, Object.keys(built), async () => {
      last = await sendOrder();
      const { status, body } = await house.get<Listed>(
        `${plan}/requirements?item=BIKE-TOUR&limit=1000&minPosition=${last}`,
      );
      expect(status).toBe(200);
      expect(body.items.map(({ id }) => id)).toContain(`SO-R-${sent}`);
    });
    const { body } = await house.get<Listed>(
      `${plan}/requirements?item=BIKE-TOUR&limit=1000&minPosition=${last}`,
    );
    const ids = body.items.map(({ id }) => id).filter((id) => String(id).startsWith('SO-R-'));
    const all = Array.from({ length: sent }, (_, at) => `SO-R-${at + 1}`);
    expect(ids.length).toBe(sent);
    expect(new Set(ids)).toEqual(new Set(all));
  });

  it('are built anew one by one, too', async () => {
    const built = generations(await models());
    const { body } = await house.post('/v1/read-models/churn/rebuild');
    expect(body).toEqual({ rebuilding: ['churn'] });
    await untilRebuilt(built, ['churn']);
    const { churn: _before, ...others } = built;
    const { churn: _after, ...now } = generations(await models());
    expect(now).toEqual(others);
  });

  it('that nobody knows are refused, with those that there are', async () => {
    const { body } = await house.post('/v1/read-models/weather/rebuild');
    expect(body).toMatchObject({ status: 404, code: 'UNKNOWN_READ_MODEL' });
    expect(body['remedy']).toContain('churn');
  });
});

/** Asks until each of these models is of a newer build than before, and works meanwhile. */
async function untilRebuilt(
  built: Readonly<Record<string, number>>,
  names: readonly string[],
  work: () => Promise<void> = nextTurn,
): Promise<void> {
  for (;;) {
    await work();
    const now = await models();
    expect(house.failures).toEqual([]);
    const isDone = now
      .filter(({ model }) => names.includes(model))
      .every(({ model, generation, isRebuilding }) => {
        return !isRebuilding && generation > (built[model] ?? 0);
      });
    if (isDone) return;
  }
}
