import { openMemoryEventStore, openMemorySnapshotStore } from '@tidemark/memory';
import type { PlannerCommand, PlanRevision } from '@tidemark/planning';
import { createIntake, createPlanner } from '@tidemark/runtime';
import type { CompanyPlanner, Intake, SnapshotNews, SnapshotOptions } from '@tidemark/runtime';
import { committedOnly, logBatches, type EventStore } from '@tidemark/streams';
import { decodeStored, joinRevision, planStream, type RevisionChunk } from '@tidemark/wire';
import { ShownRows } from './shown-rows.js';

export const company = 'acme';
const clock = { now: () => 1_700_000_000_000 };
export const asking = { principal: 'planner' };

/** A company whose planner process may die after any step; the log stays. */
export class Company {
  readonly store: EventStore;
  readonly intake: Intake;
  planner: CompanyPlanner;
  /** What became of its snapshots, if it keeps any. */
  readonly news: SnapshotNews[] = [];
  readonly #snapshots: SnapshotOptions | undefined;
  #version = 0;

  constructor(store: EventStore = openMemoryEventStore(), everyEvents?: number) {
    this.store = store;
    if (everyEvents !== undefined) {
      const onNews = (news: SnapshotNews): void => void this.news.push(news);
      this.#snapshots = { store: openMemorySnapshotStore(), program: 1, everyEvents, onNews };
    }
    this.intake = createIntake({ store, clock });
    this.planner = this.#start();
  }

  #start(): CompanyPlanner {
    return createPlanner({
      store: this.store,
      company,
      clock,
      ...(this.#snapshots && { snapshots: this.#snapshots }),
      exclusively: (action) => this.intake.exclusively(company, action),
    });
  }

  /** The planner is gone without a word; another one takes its place. */
  async restart(): Promise<void> {
    this.planner = this.#start();
    await this.planner.catchUp();
  }

  async send(type: string, data: object): Promise<void> {
    const event = { type, version: (this.#version += 1), data };
    const answer = await this.intake.take(company, [event], { ...asking, source: 'test' });
    expect(answer.refusedRows).toEqual([]);
  }

  async command(command: PlannerCommand): Promise<void> {
    const settled = await this.planner.command(command, asking);
    if (!settled.ok) throw new Error(settled.failure.message);
  }

  /** Every revision that was published, in order. */
  async published(plan: string): Promise<PlanRevision[]> {
    const revisions: PlanRevision[] = [];
    const prefix = { streamPrefixes: [planStream(company, plan)] };
    let chunks: RevisionChunk[] = [];
    for await (const { events } of committedOnly(logBatches(this.store, prefix))) {
      for (const event of events) {
        const meaning = decodeStored(event);
        if (meaning.kind === 'revisionChunk') chunks.push(meaning.chunk);
        if (meaning.kind !== 'revisionCommitted') continue;
        revisions.push(joinRevision(chunks, meaning.commit));
        chunks = [];
      }
    }
    return revisions;
  }

  /** What does not hold of what was published: gaps, repeats, lines that the plan has otherwise. */
  async wrong(plan: string): Promise<unknown[]> {
    const shown = new ShownRows();
    const revisions = await this.published(plan);
    for (const revision of revisions) shown.take(revision);
    const view = this.planner.view(plan);
    const numbers = revisions.map(({ revision }) => revision);
    const inOrder = numbers.every((number, at) => number === at + 1);
    return [
      ...(inOrder ? [] : [numbers]),
      ...shown.misfits,
      ...(view === undefined ? ['no plan'] : shown.differing(view)),
    ];
  }

  firstOrder(plan: string, item: string): string {
    const orders = this.planner
      .view(plan)
      ?.rowsOf(item)
      .flatMap((rows) => rows.orders);
    return orders?.[0]?.id ?? '';
  }
}

const sale = (id: string, quantity: string, date: string, item = 'FG') => ({
  id,
  item,
  direction: 'issue',
  type: 'salesOrder',
  quantity,
  date,
});

/** Items with fences, a BOM, and a plan of each continuity. */
export async function opened(store?: EventStore, everyEvents?: number): Promise<Company> {
  const acme = new Company(store, everyEvents);
  const settings = { code: 'requirement', freezingFence: 3, actions: { cancel: true } };
  await acme.send('item.changed.v1', { id: 'FG', decimals: 0, leadTime: 2, coverage: settings });
  await acme.send('item.changed.v1', {
    id: 'RM',
    decimals: 0,
    orderType: 'purchase',
    leadTime: 4,
    coverage: { code: 'period', periodDays: 7, minimum: '5', firmingFence: 6 },
  });
  await acme.send('bom.changed.v1', {
    id: 'B',
    item: 'FG',
    lines: [{ item: 'RM', quantity: '2' }],
  });
  await acme.send('day.changed.v1', { day: '2026-03-02' });
  await acme.send('plan.defined.v1', { id: 'exact', continuity: 'exact' });
  await acme.send('plan.defined.v1', { id: 'asked', kind: 'dynamic' });
  await acme.send('plan.defined.v1', { id: 'stepwise', continuity: 'netChange' });
  await acme.planner.catchUp();
  return acme;
}

export type Step = (acme: Company) => Promise<void>;

const run =
  (mode: 'regeneration' | 'netChange'): Step =>
  async ({ planner }) => {
    const settled = await planner.run({ plan: 'asked', mode }, asking);
    expect(settled.ok).toBe(true);
  };

const sell =
  (id: string, quantity: string, date: string): Step =>
  (acme) =>
    acme.send('inventory.transaction.changed.v1', sale(id, quantity, date));

/** Changes, decisions, runs, days; a plan that is deleted and defined again. */
export const steps: readonly Step[] = [
  sell('SO-1', '5', '2026-03-20'),
  run('regeneration'),
  sell('SO-2', '7', '2026-03-12'),
  (acme) => acme.command({ kind: 'approve', order: acme.firstOrder('exact', 'FG'), plan: 'exact' }),
  sell('SO-2', '4', '2026-03-14'),
  run('netChange'),
  (acme) => acme.send('day.changed.v1', { day: '2026-03-05' }),
  (acme) => acme.send('stock.counted.v1', { id: 'C-1', item: 'RM', quantity: '6' }),
  (acme) => acme.command({ kind: 'firm', order: acme.firstOrder('asked', 'FG'), plan: 'asked' }),
  sell('SO-3', '2', '2026-03-25'),
  run('regeneration'),
  (acme) => acme.send('day.changed.v1', { day: '2026-03-16' }),
  (acme) => acme.send('inventory.transaction.removed.v1', { id: 'SO-1', item: 'FG' }),
  run('netChange'),
  (acme) => acme.send('plan.deleted.v1', { plan: 'stepwise' }),
  sell('SO-4', '3', '2026-03-27'),
  (acme) => acme.send('plan.defined.v1', { id: 'stepwise', continuity: 'netChange' }),
  sell('SO-5', '1', '2026-03-28'),
  (acme) => acme.command({ kind: 'approve', order: acme.firstOrder('asked', 'FG'), plan: 'asked' }),
];

export const plans = ['exact', 'asked', 'stepwise'];
