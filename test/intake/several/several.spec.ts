import fc from 'fast-check';
import type { EventStore } from '@tidemark/streams';
import { effortOf, runsOf, seed, timeFor } from '../../laws/effort.js';
import { adjusted, counted, event, item, opening, removed, sale } from '../bad-input.js';
import type { Json } from '../intake-company.js';
import {
  company,
  countsOf,
  endOf,
  openIntake,
  openSharedLog,
  send,
  sending,
  withBetween,
  wrongIn,
} from './shared-log.js';

const items = ['FG', 'RM', 'NEW'] as const;
const usual = 100;
const saleOf = { direction: 'issue', type: 'salesOrder', date: '2026-03-20' };

/** What a source says of one thing, version by version; two things never speak of one another. */
const transactions = fc
  .record({
    id: fc.nat(5),
    version: fc.integer({ min: 1, max: 4 }),
    removal: fc.boolean(),
  })
  .map(({ id, version, removal }) => {
    // One version has one content.
    const of = items[id % items.length];
    const shape = (id + version) % 3;
    // Where FG is counted, an issue that tells no time counts by when it comes.
    const status = shape === 1 && of !== 'FG' ? 'sold' : 'onOrder';
    const image = { ...saleOf, id: `T-${id}`, item: of, quantity: String(shape + 1), status };
    return removal
      ? removed({ id: `T-${id}`, item: of, last: image }, { version: version + 10 })
      : sale(image, { version });
  });

const hour = (of: number): string => String(of).padStart(2, '0');
const postings = fc
  .nat(5)
  .map((of) =>
    adjusted(
      { id: `J-${of}`, quantity: String(of - 2) },
      { time: `2026-03-01T${hour(of)}:00:00Z` },
    ),
  );
const counts = fc
  .nat(2)
  .map((of) =>
    counted({ id: `C-${of}`, quantity: String(of * 7), asOf: `2026-03-01T${hour(of * 2)}:30:00Z` }),
  );
const facts = fc
  .integer({ min: 1, max: 3 })
  .chain((version) =>
    fc.constantFrom<Json>(
      item('NEW', { orderType: 'purchase', leadTime: version, coverageGroup: 'G' }, version),
      event(
        'coverageGroup.changed.v1',
        { id: 'G', coverage: { code: 'period', periodDays: version } },
        { version },
      ),
      event(
        'bom.changed.v1',
        { id: 'B', item: 'FG', lines: [{ item: 'NEW', quantity: String(version) }] },
        { version },
      ),
    ),
  );
const nonsense = fc.nat(2).map((of) => sale({ id: `N-${of}`, quantity: 'many' }));

const events = fc.oneof(
  { weight: 6, arbitrary: transactions },
  { weight: 2, arbitrary: postings },
  { weight: 1, arbitrary: counts },
  { weight: 2, arbitrary: facts },
  { weight: 1, arbitrary: nonsense },
);

const histories = fc.record({
  batches: fc.array(
    fc.record({ intake: fc.nat(2), events: fc.array(events, { minLength: 1, maxLength: 6 }) }),
    { minLength: 2, maxLength: 14 },
  ),
  turns: fc.array(fc.nat(5), { minLength: 1, maxLength: 60 }),
});

/** What always comes in the end, so that nothing is left waiting for chance. */
const last: readonly Json[] = [
  item('NEW', { orderType: 'purchase', leadTime: 4, coverageGroup: 'G' }, 4),
  event(
    'coverageGroup.changed.v1',
    { id: 'G', coverage: { code: 'period', periodDays: 4 } },
    { version: 4 },
  ),
];

/** Calls to the store wait until it is their turn; whose it is, is drawn beforehand. */
class Turns {
  readonly #turns: readonly number[];
  #waiting: (() => void)[] = [];
  #given = 0;

  constructor(turns: readonly number[]) {
    this.#turns = turns;
  }

  wait(): Promise<void> {
    return new Promise((resolve) => void this.#waiting.push(resolve));
  }

  /** Gives turns until the work is done. */
  async until(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    while (!isDone) {
      const drawn = this.#turns[this.#given % this.#turns.length] ?? 0;
      const [next] = this.#waiting.splice(drawn % Math.max(1, this.#waiting.length), 1);
      if (next !== undefined) this.#given += 1;
      next?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await done;
  }
}

type History = typeof histories extends fc.Arbitrary<infer Value> ? Value : never;

async function opened(): Promise<EventStore> {
  const store = openSharedLog();
  await send(...opening, item('RM', { orderType: 'purchase' }))(openIntake(store));
  return store;
}

/** Each intake takes its batches in their order, all intakes at once. */
async function throughThree({ batches, turns }: History): Promise<EventStore> {
  const store = await opened();
  const order = new Turns(turns);
  const intakes = [0, 1, 2].map(() => openIntake(withBetween(store, () => order.wait())));
  const work = intakes.map(async (intake, at) => {
    for (const batch of batches) {
      if (batch.intake === at) await intake.take(company, batch.events, sending);
    }
  });
  await order.until(Promise.all(work));
  return store;
}

async function throughOne({ batches }: History): Promise<EventStore> {
  const store = await opened();
  const intake = openIntake(store);
  for (const batch of batches) await intake.take(company, batch.events, sending);
  return store;
}

async function ended(store: EventStore): Promise<Json> {
  await send(...last)(openIntake(store));
  return endOf(store);
}

describe('three intakes that take batches at once', () => {
  it(
    `come to what one of them comes to: ${effortOf(usual, 'histories')}`,
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (history) => {
          const store = await throughThree(history);
          const end = await ended(store);
          expect(await wrongIn(store)).toEqual([]);
          expect(end).toEqual(await ended(await throughOne(history)));
          const again = history.batches.flatMap((batch) => batch.events);
          const { accepted, parked } = countsOf(
            await openIntake(store).take(company, again, sending),
          );
          expect({ accepted, parked }).toEqual({ accepted: 0, parked: 0 });
        }),
        { seed, numRuns: runsOf(usual) },
      );
    },
    timeFor(usual),
  );
});

/** Events that a writer is given by the store. */
function counting(store: EventStore) {
  let events = 0;
  const readAll: EventStore['readAll'] = async (wanted) => {
    const batch = await store.readAll(wanted);
    events += batch.events.length;
    return batch;
  };
  const readStream: EventStore['readStream'] = async (stream, wanted) => {
    const found = await store.readStream(stream, wanted);
    events += found.length;
    return found;
  };
  const take = (): number => {
    const seen = events;
    events = 0;
    return seen;
  };
  return { store: { ...withBetween(store, async () => undefined), readAll, readStream }, take };
}

describe('an intake beside others', () => {
  it('reads what the others wrote, and no more of a long log', async () => {
    const store = await opened();
    const other = openIntake(store);
    const long = Array.from({ length: 3_000 }, (_, at) => sale({ id: `L-${at}` }));
    await other.take(company, long, sending);
    const counted_ = counting(store);
    const one = openIntake(counted_.store);
    await one.parked(company);
    expect(counted_.take()).toBeGreaterThan(3_000);
    const both = async (at: number): Promise<void> => {
      await other.take(company, [sale({ id: `A-${at}` })], sending);
      await one.take(company, [sale({ id: `B-${at}` })], sending);
    };
    await both(0);
    counted_.take();
    for (let at = 1; at <= 20; at += 1) await both(at);
    // An entry and a claim of each of the two, and what was met at a claim once more.
    expect(counted_.take()).toBeLessThanOrEqual(20 * 6);
  });
});
