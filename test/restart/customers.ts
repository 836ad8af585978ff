import { formatPlanDay, planDayOf } from '@tidemark/kernel';
import type { Dice } from '@tidemark/testkit';
import type { Json, Service } from './service.js';

export const company = '/v1/companies/acme';
export const plans = ['exact', 'asked', 'stepwise'] as const;

interface Taken {
  readonly accepted: number;
  readonly repeated: number;
  readonly olderIgnored: number;
  readonly parked: number;
  readonly refused: number;
  readonly position: string;
}

const millisecondsPerDay = 86_400_000;
const today = Math.floor(Date.now() / millisecondsPerDay);

function dayIn(days: number): string {
  return formatPlanDay(planDayOf(today + days));
}

/** A product of two levels, a plan of each continuity. */
export const opening: readonly Json[] = [
  ['day.changed.v1', { day: dayIn(0) }],
  [
    'item.changed.v1',
    {
      id: 'FG',
      decimals: 0,
      leadTime: 2,
      coverage: { code: 'requirement', freezingFence: 3, actions: { cancel: true } },
    },
  ],
  [
    'item.changed.v1',
    {
      id: 'RM',
      decimals: 0,
      orderType: 'purchase',
      leadTime: 4,
      coverage: { code: 'period', periodDays: 7, minimum: '5' },
    },
  ],
  ['bom.changed.v1', { id: 'B', item: 'FG', lines: [{ item: 'RM', quantity: '2' }] }],
  ['plan.defined.v1', { id: 'exact', continuity: 'exact' }],
  ['plan.defined.v1', { id: 'asked', kind: 'dynamic' }],
  ['plan.defined.v1', { id: 'stepwise', continuity: 'netChange' }],
].map(([type, data]) => ({ type, version: 1, source: 'desk', data }));

const salesPerCustomer = 6;

/** Adds to the stock, for good: what counted twice would show. */
interface Delivery {
  readonly id: string;
  readonly pieces: number;
}

/**
 * Sends changes of its own orders, one batch after the other, and knows which were acknowledged.
 * What was on its way when the service died is in doubt, and is sent again first.
 */
export class Customer {
  readonly #name: string;
  readonly #dice: Dice;
  readonly #versions = new Map<string, number>();
  /** The last event of each thing that was acknowledged. */
  readonly acknowledged = new Map<string, Json>();
  /** Events of earlier versions, acknowledged too. */
  readonly #older: Json[] = [];
  readonly deliveries: Delivery[] = [];
  /** Ids of planned orders whose making was acknowledged. */
  readonly orders: string[] = [];
  position = '';
  #doubtful: readonly Json[] = [];
  #made = 0;

  constructor(name: string, dice: Dice) {
    this.#name = name;
    this.#dice = dice;
  }

  /** Sends what is in doubt once more: it counts once, whether it had arrived or not. */
  async settle(service: Service): Promise<void> {
    const events = this.#doubtful;
    if (events.length === 0) return;
    const taken = await this.#send(service, events);
    expect(taken).toMatchObject({ accepted: events.length - taken.repeated, refused: 0 });
    this.#acknowledge(events, taken);
  }

  /** What was acknowledged is known: the last version as a repeat, the ones before as older. */
  async askAgain(service: Service, most = Infinity): Promise<void> {
    // Of a thing whose next version is in doubt the last one may have become an older one.
    const doubtful = new Set(this.#doubtful.map(nameOf));
    const certain = [...this.acknowledged.values()].filter((event) => !doubtful.has(nameOf(event)));
    const last = this.#some(certain, most);
    const older = this.#some(this.#older, most);
    if (last.length + older.length === 0) return;
    const taken = await this.#send(service, [...last, ...older]);
    const expected = { accepted: 0, repeated: last.length, olderIgnored: older.length };
    expect(taken).toMatchObject({ ...expected, parked: 0, refused: 0 });
  }

  /** One request: mostly a batch of changes, now and then a decision or a run. */
  async act(service: Service): Promise<void> {
    if (this.#dice.chance(0.1)) return this.#create(service);
    if (this.#dice.chance(0.1)) return this.#run(service);
    const events = Array.from({ length: this.#dice.between(1, 4) }, () => this.#change());
    const distinct = [...new Map(events.map((event) => [nameOf(event), event])).values()];
    this.#doubtful = distinct;
    const taken = await this.#send(service, distinct);
    expect(taken).toMatchObject({ accepted: distinct.length });
    this.#acknowledge(distinct, taken);
  }

  #some(events: readonly Json[], most: number): readonly Json[] {
    if (events.length <= most) return events;
    return Array.from({ length: most }, () => this.#dice.pick(events)).filter(
      (event, at, all) => all.indexOf(event) === at,
    );
  }

  #change(): Json {
    if (this.#dice.chance(0.3)) {
      const id = `DEL-${this.#name}-${(this.#made += 1)}`;
      const quantity = String(this.#dice.between(1, 9));
      return this.#event('stock.adjusted.v1', { id, item: 'RM', quantity });
    }
    const id = `SO-${this.#name}-${this.#dice.between(1, salesPerCustomer)}`;
    if (this.#dice.chance(0.1) && this.acknowledged.has(id)) {
      return this.#event('inventory.transaction.removed.v1', { id, item: 'FG' });
    }
    return this.#event('inventory.transaction.changed.v1', {
      id,
      item: 'FG',
      direction: 'issue',
      type: 'salesOrder',
      quantity: String(this.#dice.between(1, 20)),
      date: dayIn(this.#dice.between(5, 40)),
    });
  }

  #event(type: string, data: Json & { readonly id: string }): Json {
    const version = (this.#versions.get(data.id) ?? 0) + 1;
    this.#versions.set(data.id, version);
    return { type, version, source: this.#name, data };
  }

  async #send(service: Service, events: readonly Json[]): Promise<Taken> {
    const { status, body } = await service.call<Taken>(`${company}/events`, events);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  }

  #acknowledge(events: readonly Json[], { position }: Taken): void {
    for (const event of events) {
      const name = nameOf(event);
      const before = this.acknowledged.get(name);
      if (before !== undefined) this.#older.push(before);
      this.acknowledged.set(name, event);
      const { id, quantity } = event['data'] as { readonly id: string; readonly quantity: string };
      if (id.startsWith('DEL-')) this.deliveries.push({ id, pieces: Number(quantity) });
    }
    this.position = position > this.position ? position : this.position;
    this.#doubtful = [];
  }

  async #create(service: Service): Promise<void> {
    const id = `MAKE-${this.#name}-${(this.#made += 1)}`;
    const order = { id, item: 'FG', quantity: '3', requirementDate: dayIn(30) };
    const command = { kind: 'create', plan: 'exact', ...order };
    const { status, body } = await service.call<Taken>(`${company}/commands`, command);
    expect({ status, body }).toMatchObject({ status: 200 });
    this.orders.push(id);
    this.position = body.position > this.position ? body.position : this.position;
  }

  async #run(service: Service): Promise<void> {
    const mode = this.#dice.pick(['regeneration', 'netChange']);
    const { status, body } = await service.call(`${company}/runs`, { plan: 'asked', mode });
    expect({ status, body }).toMatchObject({ status: 200 });
  }

  /** Pieces that each of the open orders demands, as acknowledged. */
  demands(): readonly (readonly [string, string])[] {
    return [...this.acknowledged.values()].flatMap(({ type, data }) => {
      const { id, quantity } = data as { readonly id: string; readonly quantity: string };
      return type === 'inventory.transaction.changed.v1' ? [[id, quantity] as const] : [];
    });
  }
}

function nameOf({ data }: Json): string {
  return (data as { readonly id: string }).id;
}
