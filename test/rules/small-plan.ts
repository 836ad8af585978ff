import { noDimensions, planDayOf, quantityOf, unit } from '@tidemark/kernel';
import type {
  OrderRow,
  PlanDefinition,
  PlannerCommand,
  PlanRevision,
  PlanningInput,
  PlanView,
  PromiseAnswer,
} from '@tidemark/planning';
import type { ReferenceWorld, StockRecord, Transaction } from '@tidemark/testkit';
import { FedEngine } from '../laws/fed-engine.js';
import { WorldFeed } from '../laws/world-inputs.js';

/** Plan day 0 of the cases: days are told from it. */
export const today = 20_000;

export function pieces(count: number) {
  return quantityOf(count * unit);
}

/** An open sales issue, needed so many days from today. */
export function sale(id: string, given: { item: string; quantity: number; in: number }) {
  const { item, quantity } = given;
  const date = today + given.in;
  const kind = { direction: 'issue', type: 'salesOrder' } as const;
  return { id, item, ...kind, quantity: pieces(quantity), date } satisfies Transaction;
}

/** An open purchase order, expected so many days from today. */
export function purchase(id: string, given: { item: string; quantity: number; in: number }) {
  const { item, quantity } = given;
  const date = today + given.in;
  const kind = { direction: 'receipt', type: 'purchaseOrder' } as const;
  return { id, item, ...kind, quantity: pieces(quantity), date } satisfies Transaction;
}

/** One plan over a world of a test, with the steps that rules are told by. */
export class SmallPlan {
  readonly fed = new FedEngine();
  readonly #feed = new WorldFeed();

  constructor(world: Partial<ReferenceWorld>, continuity: PlanDefinition['continuity'] = 'exact') {
    const whole = { plans: { dynamic: {} }, ...world, today };
    this.take(this.#feed.opening(whole, continuity));
  }

  get view(): PlanView {
    const view = this.fed.engine.view('dynamic');
    if (view === undefined) throw new Error('The plan is defined first.');
    return view;
  }

  /** Feeds inputs and follows to the end. */
  take(inputs: readonly PlanningInput[]): void {
    this.fed.feed(inputs);
    while (this.fed.follow() !== undefined);
  }

  upsert(image: Transaction): void {
    this.take(this.#feed.upsert(image));
  }

  remove(image: Transaction): void {
    this.take(this.#feed.remove(image));
  }

  /** Stock found on exactly these dimensions. */
  count(found: StockRecord): void {
    this.take(this.#feed.count(found));
  }

  regenerate(items?: readonly string[]): PlanRevision {
    const request = { mode: 'regeneration' as const, ...(items === undefined ? {} : { items }) };
    const made = this.fed.engine.run(request, 'run');
    if (!made.ok) throw new Error(made.failure.message);
    return made.value;
  }

  /** Settles a command; answers the code of its refusal. */
  command(command: PlannerCommand): string | undefined {
    const decided = this.fed.engine.decide(command);
    if (!decided.ok) return decided.failure.code;
    this.take(decided.value.map((decision) => ({ kind: 'decision', decision })));
    return undefined;
  }

  promise(id: string, asked: { item: string; quantity: number; in: number }): PromiseAnswer {
    const answer = this.fed.engine.promise({
      id,
      item: asked.item,
      dimensions: noDimensions,
      quantity: pieces(asked.quantity),
      date: planDayOf(today + asked.in),
      method: 'ctp',
    });
    if (!answer.ok) throw new Error(answer.failure.message);
    return answer.value;
  }

  orders(item?: string): readonly OrderRow[] {
    return this.view.rowsOf(item).flatMap(({ orders }) => orders);
  }

  /** What covers a demand: `supply: quantity` in pieces, sorted. */
  coverOf(demand: string): readonly string[] {
    return this.view
      .rowsOf()
      .flatMap(({ coverage }) => coverage)
      .filter((peg) => peg.demand === demand)
      .map(({ supply, quantity }) => `${supply}: ${quantity / unit}`)
      .toSorted();
  }
}
