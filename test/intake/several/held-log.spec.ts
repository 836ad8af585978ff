import { createPlanner } from '@tidemark/runtime';
import {
  comparePositions,
  origin,
  Outage,
  type EventStore,
  type Position,
} from '@tidemark/streams';
import { adjusted, event, item, opening, sale } from '../bad-input.js';
import type { Json } from '../intake-company.js';
import {
  company,
  endOf,
  openIntake,
  openSharedLog,
  send,
  withBetween,
  wrongIn,
} from './shared-log.js';

/** Shows the log up to a place alone, as a server does while an older write is on its way. */
function heldBack(store: EventStore): EventStore & { hold(): Promise<void> } {
  let held: Position | undefined;
  return {
    append: (stream, events, expected) => store.append(stream, events, expected),
    readStream: (stream, wanted) => store.readStream(stream, wanted),
    async readAll(wanted) {
      const batch = await store.readAll(wanted);
      const last = held;
      if (last === undefined) return batch;
      const events = batch.events.filter(({ position }) => comparePositions(position, last) <= 0);
      const after = wanted.after ?? origin;
      return { events, through: comparePositions(after, last) > 0 ? after : last, atHead: true };
    },
    head: () => store.head(),
    follow: (wanted) => store.follow(wanted),
    close: () => store.close(),
    async hold() {
      held = await store.head();
    },
  };
}

const all: Json = { accepted: 1, repeated: 0, olderIgnored: 0, parked: 0, refused: 0 };

/** What was acknowledged elsewhere, and what is sent here then, without a fault. */
const acknowledged: readonly (readonly [string, Json, Json, Json])[] = [
  ['the item that an order names', item('NEW'), sale({ item: 'NEW' }), all],
  [
    'the plan that is chosen',
    event('plan.defined.v1', { id: 'other', continuity: 'exact' }),
    event('currentPlans.chosen.v1', { dynamic: 'other' }),
    all,
  ],
  [
    'the issue that makes room for a receipt',
    adjusted({ id: 'J-2', quantity: '-9000000' }),
    adjusted({ id: 'J-3', quantity: '9000000' }),
    all,
  ],
  ['an order, sent again here', sale(), sale(), { ...all, accepted: 0, repeated: 1 }],
];

describe('an intake on a log that does not show yet what another one has acknowledged', () => {
  it.each(acknowledged)('knows %s', async (_, there, here, told) => {
    const store = openSharedLog();
    const held = heldBack(store);
    await send(...opening, adjusted({ quantity: '9000000000' }))(openIntake(store));
    const one = openIntake(held);
    await one.parked(company);
    await held.hold();
    await send(there)(openIntake(store));
    expect(await send(here)(one)).toEqual(told);
    expect(await wrongIn(store)).toEqual([]);
  });

  it('puts an order of the source in the place of one that was just firmed', async () => {
    const store = openSharedLog();
    const held = heldBack(store);
    await send(...opening, sale())(openIntake(store));
    const planner = createPlanner({ store, company, clock: { now: () => Date.UTC(2026, 2, 2) } });
    await planner.catchUp();
    const order = planner.view()?.rowsOf('FG')[0]?.orders[0]?.id ?? '';
    const one = openIntake(held);
    await one.parked(company);
    await held.hold();
    const firmed = await planner.command({ kind: 'firm', order }, { principal: 'planner' });
    expect(firmed.ok).toBe(true);
    const bought = { id: 'PO-1', direction: 'receipt', type: 'purchaseOrder', date: '2026-03-20' };
    await send(sale({ ...bought, origin: `firm/${order}` }))(one);
    const { plan } = await endOf(store);
    expect(JSON.stringify(plan)).toContain('PO-1');
    expect(JSON.stringify(plan)).not.toContain('firm/');
  });
});

/** Batches that meet with everything that is kept, taken up and claimed. */
const batches: readonly (readonly [string, readonly Json[], readonly Json[]])[] = [
  ['an order', [], [sale()]],
  ['an item for which orders wait', waiting(), [item('NEW')]],
  ['an item, its orders, and one that waits', [], [item('NEW'), ...waiting(), sale({ item: 'X' })]],
  [
    'what is refused, and a day',
    [],
    [sale({ quantity: 'many' }), event('day.changed.v1', { day: '2026-03-03' }, { version: 2 })],
  ],
];

function waiting(): readonly Json[] {
  return [sale({ id: 'SO-2', item: 'NEW' }), sale({ id: 'SO-3', item: 'NEW', quantity: '2' })];
}

/** The store is away at the so-many-th call of each of the first tries, before it or after it. */
class Failing {
  calls = 0;
  readonly #at: readonly number[];
  #try = 0;
  #isAway = false;

  constructor(at: readonly number[]) {
    this.#at = at;
  }

  nextTry(): void {
    this.#try += 1;
    this.calls = 0;
    this.#isAway = false;
  }

  async call(): Promise<void> {
    if (this.#isAway) throw new Outage('unavailable', 'The server does not answer.');
    this.calls += 1;
    if (this.calls !== this.#at[this.#try - 1]) return;
    this.#isAway = true;
    throw new Outage('unavailable', 'The server does not answer.');
  }
}

/** The same, after the append: it was written, and its answer is lost. */
function losingAnswers(store: EventStore, failing: Failing): EventStore {
  return {
    ...store,
    async append(stream, events, expected) {
      const outcome = await store.append(stream, events, expected);
      await failing.call();
      return outcome;
    },
  };
}

describe('an intake whose store goes away', () => {
  const ways = ['before a call', 'after an append'] as const;
  const cases = ways.flatMap((way) => batches.map((batch) => [way, ...batch] as const));

  it.each(cases)(
    '%s, at every one in turn, twice: %s, sent until it is taken',
    async (way, _, given, batch) => {
      const expected = openSharedLog();
      await send(...opening, ...given)(openIntake(expected));
      await send(...batch)(openIntake(expected));
      const end = await endOf(expected);
      let failed = 0;
      for (let first = 1; ; first += 1) {
        let isOver = true;
        for (let second = 1; ; second += 1) {
          const { store, failures } = await sentUntilTaken({ given, batch, way }, [first, second]);
          expect([first, second, ...(await wrongIn(store))]).toEqual([first, second]);
          expect(await endOf(store)).toEqual(end);
          failed += failures;
          if (failures > 0) isOver = false;
          if (failures < 2) break;
        }
        if (isOver) break;
      }
      expect(failed).toBeGreaterThan(1);
    },
  );
});

interface Sending {
  readonly given: readonly Json[];
  readonly batch: readonly Json[];
  readonly way: 'before a call' | 'after an append';
}

async function sentUntilTaken({ given, batch, way }: Sending, at: readonly number[]) {
  const store = openSharedLog();
  await send(...opening, ...given)(openIntake(store));
  const failing = new Failing(at);
  const away =
    way === 'before a call'
      ? withBetween(store, () => failing.call())
      : losingAnswers(store, failing);
  const intake = openIntake(away);
  await intake.parked(company);
  for (let failures = 0; ; failures += 1) {
    failing.nextTry();
    try {
      await send(...batch)(intake);
      return { store, failures };
    } catch (failure) {
      if (!(failure instanceof Outage)) throw failure;
    }
  }
}
