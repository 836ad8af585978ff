import { openMemoryEventStore } from '@tidemark/memory';
import { createIntake, moveLog, MoveRefused, type CompanyPlanner } from '@tidemark/runtime';
import {
  lastRevisionOf,
  logBatches,
  Outage,
  type EventStore,
  type StoredEvent,
} from '@tidemark/streams';
import { parseStreamName } from '@tidemark/wire';
import { Company, company, opened, plans, steps } from '../planned-company.js';

/** A log of two companies, so that places of one of them are others where it stands alone. */
async function twoCompanies(): Promise<Company> {
  const store = openMemoryEventStore();
  const intake = createIntake({ store, clock: { now: () => 0 } });
  const sending = { principal: 'tester', source: 'erp' };
  const items = (from: number) =>
    Array.from({ length: 7 }, (_, at) => ({
      type: 'item.changed.v1',
      version: 1,
      data: { id: `I-${from + at}` },
    }));
  await intake.take('other', items(0), sending);
  const acme = await opened(store);
  for (const [at, step] of steps.entries()) {
    await step(acme);
    await intake.take('other', items(10 * (at + 1)), sending);
    await acme.planner.catchUp();
  }
  return acme;
}

async function eventsOf(store: EventStore): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const { events } of logBatches(store)) found.push(...events);
  return found.filter(({ stream }) => parseStreamName(stream)?.company === company);
}

const heads = (events: readonly StoredEvent[]) =>
  events.map(({ stream, revision, type, id, metaText }) => [stream, revision, type, id, metaText]);

/** Lines of a plan as it stands. */
const linesOf = (planner: CompanyPlanner, plan: string) =>
  (planner.view(plan)?.rowsOf() ?? []).map((row) => JSON.stringify(row));

/** The next planner on the moved log: nothing to say of what is there, then the next revision. */
async function goesOn(source: Company, store: EventStore): Promise<void> {
  const acme = new Company(store);
  const head = await store.head();
  await acme.planner.catchUp();
  expect(await store.head()).toBe(head);
  for (const plan of plans) {
    expect(linesOf(acme.planner, plan)).toEqual(linesOf(source.planner, plan));
  }
  const sale = { id: 'SO-9', item: 'FG', direction: 'issue', type: 'salesOrder' };
  const event = {
    type: 'inventory.transaction.changed.v1',
    version: 1,
    data: { ...sale, quantity: '3', date: '2026-03-29' },
  };
  const before = (await acme.published('exact')).length;
  await acme.intake.take(company, [event], { principal: 'tester', source: 'later' });
  await acme.planner.catchUp();
  for (const plan of plans) {
    expect([plan, ...(await acme.wrong(plan))]).toEqual([plan]);
  }
  expect((await acme.published('exact')).map(({ revision }) => revision)).toContain(before + 1);
}

describe('a company moved to another log', () => {
  it('keeps streams, revisions, ids and texts, and every place that events name', async () => {
    const source = await twoCompanies();
    const target = openMemoryEventStore();
    const { events, before } = await moveLog({ source: source.store, target, company });
    const [here, there] = [await eventsOf(source.store), await eventsOf(target)];
    expect([events, before]).toEqual([here.length, 0]);
    expect(heads(there)).toEqual(heads(here));
    // A place in the source and the place of the very same event in the target.
    const places = new Map(here.map(({ position }, at) => [position, there[at]?.position]));
    let named = 0;
    for (const [at, event] of here.entries()) {
      const moved = JSON.parse(
        event.dataText.replaceAll(/"(1\d{15})"/g, (text, position: string) => {
          named += 1;
          return places.has(position) ? JSON.stringify(places.get(position)) : text;
        }),
      ) as unknown;
      // The cut of a run may be that of another company's event: what stands before it counts.
      const isRun = event.type === 'RunRecorded';
      if (!isRun) expect(there[at]?.data).toEqual(moved);
    }
    expect(named).toBeGreaterThan(50);
    await goesOn(source, target);
  });

  it('goes on where it broke off, whichever append did not come through', async () => {
    const source = await twoCompanies();
    const whole = openMemoryEventStore();
    await moveLog({ source: source.store, target: whole, company });
    const expected = (await eventsOf(whole)).map(({ dataText }) => dataText);
    for (let failing = 1; ; failing += 1) {
      const target = openMemoryEventStore();
      let appends = 0;
      const breaking: EventStore = {
        ...target,
        async append(stream, events, revision) {
          appends += 1;
          if (appends >= failing) throw new Outage('unavailable', 'It is away.');
          const outcome = await target.append(stream, events, revision);
          if (appends === failing - 1) throw new Outage('timeout', 'No answer.');
          return outcome;
        },
      };
      const move = { source: source.store, target: breaking, company };
      const broken = await moveLog(move).catch((failure: unknown) => failure);
      if (!(broken instanceof Outage)) break;
      const there = (await eventsOf(target)).length;
      expect((await moveLog({ ...move, target })).before).toBe(there);
      expect((await eventsOf(target)).map(({ dataText }) => dataText)).toEqual(expected);
    }
  });

  it('says that all is there when it is called once more, and takes what came since', async () => {
    const source = await twoCompanies();
    const target = openMemoryEventStore();
    const first = await moveLog({ source: source.store, target, company });
    const again = await moveLog({ source: source.store, target, company });
    expect(again).toEqual({ events: first.events, before: first.events });
    await steps[2]?.(source);
    const third = await moveLog({ source: source.store, target, company });
    expect(third).toEqual({ events: first.events + 1, before: first.events });
  });

  it.each(['other events', 'more events'])('is refused by a target of %s', async (what) => {
    const source = await twoCompanies();
    const target = openMemoryEventStore();
    if (what === 'more events') await moveLog({ source: source.store, target, company });
    const stream = `days/${company}`;
    const day = { id: 'x', type: 'DayChanged', data: {} };
    await target.append(stream, [day], await lastRevisionOf(target, stream));
    const head = await target.head();
    const moving = moveLog({ source: source.store, target, company });
    await expect(moving).rejects.toThrow(MoveRefused);
    expect(await target.head()).toBe(head);
  });
});
