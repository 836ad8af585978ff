import { formatPlanDay } from '@tidemark/kernel';
import { openMemoryEventStore } from '@tidemark/memory';
import { createIntake, createPlanner, processTimer } from '@tidemark/runtime';
import type { CompanyPlanner } from '@tidemark/runtime';
import { clockSource, DayClock } from '@tidemark/serving';

const noon = (year: number, month: number, day: number): number =>
  new Date(year, month - 1, day, 12).getTime();

describe('the clock of days', () => {
  let now = noon(2026, 3, 2);
  const clock = { now: () => now };
  const store = openMemoryEventStore();
  const failures: unknown[] = [];
  const planners = new Map<string, CompanyPlanner>();
  const intake = createIntake({ store, clock });
  const days = new DayClock({
    companies: { names: () => [...planners.keys()] },
    intake,
    store,
    clock,
    timer: processTimer(clock),
    onFailure: (one) => failures.push(one),
  });
  afterAll(async () => {
    for (const planner of planners.values()) await planner.stop();
    await store.close();
    expect(failures).toEqual([]);
  });

  /** A company with one exact plan whose day a source told. */
  async function found(company: string, source: string): Promise<void> {
    const events = [
      { type: 'day.changed.v1', version: 1, data: { day: '2026-03-02' } },
      { type: 'plan.defined.v1', version: 1, data: { id: 'dynamic', continuity: 'exact' } },
    ];
    await intake.take(company, events, { source, principal: 'test' });
    planners.set(company, createPlanner({ store, company, clock }));
  }

  async function dayOf(company: string): Promise<string> {
    const planner = planners.get(company);
    await planner?.catchUp();
    return formatPlanDay(planner?.view('dynamic')?.day ?? 0);
  }

  it('moves the day of companies that follow it, and leaves the others', async () => {
    await found('here', clockSource);
    await found('replayed', 'archive');
    await days.turn();
    expect([await dayOf('here'), await dayOf('replayed')]).toEqual(['2026-03-02', '2026-03-02']);
    now = noon(2026, 3, 5);
    await days.turn();
    await days.turn();
    expect([await dayOf('here'), await dayOf('replayed')]).toEqual(['2026-03-05', '2026-03-02']);
  });

  it('begins days at midnight of the zone that is set for the company', async () => {
    now = Date.UTC(2026, 3, 1, 20);
    await found('tokyo', clockSource);
    await found('lima', clockSource);
    for (const [company, timeZone] of [
      ['tokyo', 'Asia/Tokyo'],
      ['lima', 'America/Lima'],
    ] as const) {
      const zone = { type: 'company.changed.v1', version: 1, data: { timeZone } };
      await intake.take(company, [zone], { source: 'desk', principal: 'test' });
    }
    const next = await days.turn();
    expect([await dayOf('tokyo'), await dayOf('lima')]).toEqual(['2026-04-02', '2026-04-01']);
    expect(next).toBeLessThanOrEqual(now + 3_600_000);
    now = Date.UTC(2026, 3, 2, 4, 30);
    expect(await days.turn()).toBe(Date.UTC(2026, 3, 2, 5));
  });
});
