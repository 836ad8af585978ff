import { openMemoryEventStore, openMemorySnapshotStore } from '@tidemark/memory';
import { createIntake, createPlanner, type Intake, type SnapshotNews } from '@tidemark/runtime';
import type { EventStore } from '@tidemark/streams';
import { Dice } from '@tidemark/testkit';
import type { Json } from './intake-company.js';

const company = 'acme';
const clock = { now: () => Date.UTC(2026, 2, 2, 12) };
const sending = { principal: 'tester', source: 'erp' };
const everyEvents = 20;
const seed = Number(process.env['TIDEMARK_SEED'] ?? 1);

/** An intake that dies and comes back; the log and the snapshots stay. */
class Restarting {
  readonly store: EventStore = openMemoryEventStore();
  readonly snapshots = openMemorySnapshotStore();
  news: SnapshotNews[] = [];
  intake: Intake = this.start();

  start(program = 1): Intake {
    this.news = [];
    const onNews = (one: SnapshotNews): void => void this.news.push(one);
    const snapshots = { store: this.snapshots, program, everyEvents, onNews };
    this.intake = createIntake({ store: this.store, clock, snapshots });
    return this.intake;
  }

  /** One that knows the log alone. */
  withoutSnapshots(): Intake {
    return createIntake({ store: this.store, clock });
  }

  /** All that planning reads: no dead letters, nothing parked. */
  async inputs(): Promise<number> {
    const { events } = await this.store.readAll({ limit: 1_000 });
    return events.filter(({ stream }) => !stream.startsWith('intake/')).length;
  }

  ofKind<Kind extends SnapshotNews['kind']>(kind: Kind): Extract<SnapshotNews, { kind: Kind }>[] {
    return this.news.filter((one): one is Extract<SnapshotNews, { kind: Kind }> => {
      return one.kind === kind;
    });
  }
}

/** All that callers can ask of it. */
async function knownBy(intake: Intake, ids: readonly string[]): Promise<Json> {
  return {
    parked: await intake.parked(company),
    letters: await intake.deadLetters(company),
    stock: await intake.stockOnHand(company, 'BOLT', {}),
    transactions: await Promise.all(ids.map((id) => intake.transaction(company, id))),
  };
}

/** Changes of orders, counts of any time, removals, unknown items, nonsense. */
class Traffic {
  readonly #dice: Dice;
  readonly sent: Json[] = [];
  readonly ids = Array.from({ length: 8 }, (_, at) => `T-${at}`);
  #version = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  readonly opening: readonly Json[] = [
    { type: 'day.changed.v1', version: 1, data: { day: '2026-03-02' } },
    { type: 'item.changed.v1', version: 1, data: { id: 'BOLT', productDimensions: ['color'] } },
    { type: 'plan.defined.v1', version: 1, data: { id: 'dynamic', continuity: 'exact' } },
  ];

  next(): Json {
    const event = { version: (this.#version += 1), time: this.#time(), ...this.#content() };
    this.sent.push(event);
    return event;
  }

  #time(): string {
    return `2026-03-0${this.#dice.between(1, 2)}T0${this.#dice.between(0, 9)}:00:00Z`;
  }

  #content(): Json {
    const quantity = String(this.#dice.between(1, 50));
    const id = this.#dice.pick(this.ids);
    const dimensions = this.#dice.chance(0.5) ? { color: this.#dice.pick(['red', 'blue']) } : {};
    const kind = this.#dice.between(1, 10);
    if (kind === 1) {
      const data = { id: `C-${this.#version}`, item: 'BOLT', quantity, dimensions };
      const asOf = `2026-03-02T0${this.#dice.between(0, 9)}:30:00Z`;
      return { type: 'stock.counted.v1', data: { ...data, asOf } };
    }
    if (kind === 2) {
      return { type: 'stock.adjusted.v1', data: { id: `A-${id}`, item: 'BOLT', quantity } };
    }
    if (kind === 3) return { type: 'inventory.transaction.removed.v1', data: { id, item: 'BOLT' } };
    const item = kind === 4 ? `NEW-${this.#version % 3}` : 'BOLT';
    const type = kind === 5 ? 'no such type' : 'salesOrder';
    const status = kind === 6 ? 'sold' : 'onOrder';
    const image = { item, direction: 'issue', type, status, quantity, date: '2026-03-20' };
    const name = item === 'BOLT' ? id : `${id}-${item}`;
    return { type: 'inventory.transaction.changed.v1', data: { ...image, id: name, dimensions } };
  }
}

describe(`the intake, restarted with snapshots (seed ${seed})`, () => {
  it('answers and knows the same as one that folds the log', async () => {
    const house = new Restarting();
    const dice = new Dice(seed);
    const traffic = new Traffic(dice);
    await house.intake.take(company, traffic.opening, sending);
    let restored = 0;
    for (let batch = 0; batch < 60; batch += 1) {
      if (dice.chance(0.3)) {
        house.start();
        expect(await knownBy(house.intake, traffic.ids)).toEqual(
          await knownBy(house.withoutSnapshots(), traffic.ids),
        );
        if (house.ofKind('folded')[0]?.position !== undefined) restored += 1;
      }
      const events = Array.from({ length: dice.between(1, 9) }, () => traffic.next());
      await house.intake.take(company, events, sending);
      if (dice.chance(0.2)) await house.intake.stop();
    }
    expect(restored).toBeGreaterThan(5);
    // Repeats, older versions and the same version with other content: nothing of it is written.
    const sent = traffic.sent.flatMap((event) => [event, { ...event, time: undefined }]);
    await house.intake.stop();
    const before = await house.inputs();
    const answer = await house.start().take(company, sent, sending);
    const { position: _, ...told } = answer;
    const { position: __, ...expected } = await house
      .withoutSnapshots()
      .take(company, sent, sending);
    expect(told).toEqual(expected);
    expect(told.accepted).toBe(0);
    expect(await house.inputs()).toBe(before);
  });

  it('folds no more than what came after the snapshot, and takes one in time', async () => {
    const house = new Restarting();
    const traffic = new Traffic(new Dice(seed));
    await house.intake.take(company, traffic.opening, sending);
    for (let event = 0; event < 100; event += 1) {
      await house.intake.take(company, [traffic.next()], sending);
    }
    expect(house.ofKind('taken').length).toBeGreaterThan(2);
    const atLast = house.ofKind('taken').at(-1)?.position;
    const after = (await house.store.readAll({ after: atLast ?? '', limit: 1_000 })).events.length;
    expect(after).toBeLessThanOrEqual(everyEvents);
    house.start();
    await house.intake.parked(company);
    expect(house.ofKind('folded')).toEqual([
      { kind: 'folded', name: `intake/${company}`, position: atLast, events: after },
    ]);
  });

  it('knows after a graceful stop everything without folding anything', async () => {
    const house = new Restarting();
    const traffic = new Traffic(new Dice(seed));
    await house.intake.take(company, traffic.opening, sending);
    await house.intake.stop();
    house.start();
    await house.intake.parked(company);
    expect(house.ofKind('folded')).toMatchObject([{ events: 0 }]);
    await house.intake.stop();
    // Nothing new: nothing is saved.
    expect(house.ofKind('taken')).toEqual([]);
  });

  it.each(['torn', 'damaged', 'otherVersion'] as const)(
    'leaves a snapshot that is %s aside, says why, and folds from the one before it',
    async (how) => {
      const house = new Restarting();
      const traffic = new Traffic(new Dice(seed));
      await house.intake.take(company, traffic.opening, sending);
      await house.intake.stop();
      const first = house.ofKind('taken').at(-1)?.position;
      await house.start(how === 'otherVersion' ? 2 : 1).take(company, [traffic.next()], sending);
      await house.intake.stop();
      expect(house.ofKind('taken')).toHaveLength(1);
      if (how !== 'otherVersion') house.snapshots.damage(`intake/${company}`, how);
      house.start();
      expect(await knownBy(house.intake, traffic.ids)).toEqual(
        await knownBy(house.withoutSnapshots(), traffic.ids),
      );
      expect(house.ofKind('ignored')).toMatchObject([{ reason: how }]);
      expect(house.ofKind('folded')).toMatchObject([{ position: first }]);
    },
  );

  it('takes a decision that the planner recorded while a snapshot was taken once', async () => {
    const house = new Restarting();
    const traffic = new Traffic(new Dice(seed));
    await house.intake.take(company, traffic.opening, sending);
    const create = { kind: 'create', item: 'BOLT', dimensions: {}, quantity: 3_000_000 };
    const planner = createPlanner({ store: house.store, company, clock });
    const decide = async (id: string, kind: 'create' | 'firm'): Promise<void> => {
      const command = kind === 'create' ? { ...create, id } : { kind, order: id };
      const settled = await planner.command(command as never, { principal: 'planner' });
      expect(settled.ok).toBe(true);
    };
    await decide('M-1', 'create');
    await decide('M-1', 'firm');
    await house.intake.take(company, [traffic.next()], sending);
    await house.intake.stop();
    await decide('M-2', 'create');
    await decide('M-2', 'firm');
    house.start();
    for (const id of ['firm/M-1', 'firm/M-2']) {
      expect(await house.intake.transaction(company, id)).toMatchObject({ source: 'tidemark' });
    }
    expect(await house.intake.transaction(company, 'firm/M-2')).toEqual(
      await house.withoutSnapshots().transaction(company, 'firm/M-2'),
    );
  });
});
