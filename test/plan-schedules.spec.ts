import { openMemoryEventStore } from '@tidemark/memory';
import {
  createIntake,
  createPlanner,
  PlanSchedules,
  type ScheduledRun,
  type Timer,
} from '@tidemark/runtime';
import { logBatches, type EventStore } from '@tidemark/streams';
import { decodeStored, plansStream } from '@tidemark/wire';

const company = 'acme';
const sender = { source: 'test', principal: 'admin' };

/** A timer that a test moves on. */
class HandTimer implements Timer {
  now = 0;
  #waiting: { readonly moment: number; readonly act: () => void } | undefined;
  readonly #armed: ((moment: number) => void)[] = [];

  at(moment: number, act: () => void): () => void {
    this.#waiting = { moment, act };
    if (moment > this.now) for (const told of this.#armed.splice(0)) told(moment);
    return () => (this.#waiting = undefined);
  }

  /** When the schedules wait for, once they have looked at everything. */
  armed(): Promise<number> {
    const moment = this.#waiting?.moment ?? 0;
    if (moment > this.now) return Promise.resolve(moment);
    return new Promise((resolve) => this.#armed.push(resolve));
  }

  moveTo(text: string): void {
    this.now = Date.parse(text);
    const due = this.#waiting;
    if (due === undefined || due.moment > this.now) return;
    this.#waiting = undefined;
    due.act();
  }
}

class House {
  readonly store: EventStore = openMemoryEventStore();
  readonly timer = new HandTimer();
  readonly clock = { now: () => this.timer.now };
  readonly runs: ScheduledRun[] = [];
  readonly failures: unknown[] = [];
  readonly intake = createIntake({ store: this.store, clock: this.clock });
  readonly planner = createPlanner({ store: this.store, company, clock: this.clock });
  #version = 0;
  #told: (() => void)[] = [];

  async send(type: string, data: object): Promise<void> {
    const event = { type, version: (this.#version += 1), data };
    const answer = await this.intake.take(company, [event], sender);
    expect(answer.refusedRows).toEqual([]);
  }

  startSchedules(): PlanSchedules {
    const schedules = new PlanSchedules({
      store: this.store,
      company,
      planner: this.planner,
      clock: this.clock,
      timer: this.timer,
      onRun: (run) => {
        this.runs.push(run);
        for (const told of this.#told.splice(0)) told();
      },
    });
    schedules.start((failure) => this.failures.push(failure));
    return schedules;
  }

  /** Moves the clock on to where a run is due, and waits for it. */
  async runAt(text: string): Promise<void> {
    const made = new Promise<void>((resolve) => this.#told.push(resolve));
    this.timer.moveTo(text);
    await made;
  }

  /** Runs and copies as the log holds them. */
  async recorded(): Promise<string[]> {
    const told: string[] = [];
    for await (const { events } of logBatches(this.store, {
      streamPrefixes: [plansStream(company)],
    })) {
      for (const event of events) {
        const meaning = decodeStored(event);
        if (meaning.kind !== 'planner') continue;
        const { event: made } = meaning;
        told.push(made.kind === 'planCopied' ? `${made.from}>${made.to}` : made.run.plan);
      }
    }
    return told;
  }
}

async function houseWithNightlyPlan(): Promise<House> {
  const house = new House();
  house.timer.now = Date.parse('2026-03-27T12:00:00Z');
  await house.send('company.changed.v1', { timeZone: 'Europe/Amsterdam' });
  await house.send('day.changed.v1', { day: '2026-03-27' });
  await house.send('item.changed.v1', { id: 'BOLT', leadTime: 3 });
  await house.send('plan.defined.v1', { id: 'dynamic' });
  const nightly = { id: 'static', kind: 'static', schedule: '30 2 * * *', copyTo: 'dynamic' };
  await house.send('plan.defined.v1', nightly);
  return house;
}

describe('plans that run by themselves (PL-3)', () => {
  it('run at the wall clock of the company, then are copied; daylight saving too', async () => {
    const house = await houseWithNightlyPlan();
    const schedules = house.startSchedules();
    expect(new Date(await house.timer.armed()).toISOString()).toBe('2026-03-28T01:30:00.000Z');
    await house.runAt('2026-03-28T01:30:00Z');
    expect(await house.recorded()).toEqual(['static', 'static>dynamic']);
    // On 29 March clocks go from 2 to 3: half past two does not exist and is made up for at once.
    expect(new Date(await house.timer.armed()).toISOString()).toMatch(/^2026-03-29T01:/);
    await house.runAt('2026-03-29T01:30:00Z');
    expect(new Date(await house.timer.armed()).toISOString()).toBe('2026-03-30T00:30:00.000Z');
    await schedules.stop();
    expect(house.runs.map(({ missed, refused }) => [missed, refused])).toEqual([
      [0, undefined],
      [0, undefined],
    ]);
    expect(house.failures).toEqual([]);
  });

  it('make up once what was due while nobody was there, and say so', async () => {
    const house = await houseWithNightlyPlan();
    house.timer.now = Date.parse('2026-03-31T12:00:00Z');
    const made = house.runAt('2026-03-31T12:00:00Z');
    const first = house.startSchedules();
    await made;
    await house.timer.armed();
    await first.stop();
    const again = house.startSchedules();
    await house.timer.armed();
    await again.stop();
    expect(await house.recorded()).toEqual(['static', 'static>dynamic']);
    expect(house.runs.map(({ missed }) => missed)).toEqual([3]);
    expect(house.failures).toEqual([]);
  });

  it('make the copy that a process owes which ended after the run', async () => {
    const house = await houseWithNightlyPlan();
    house.timer.now = Date.parse('2026-03-28T01:31:00Z');
    const request = { plan: 'static', mode: 'regeneration' as const };
    await house.planner.run(request, { principal: 'schedule' });
    const made = house.runAt('2026-03-28T01:32:00Z');
    const schedules = house.startSchedules();
    await made;
    await schedules.stop();
    expect(await house.recorded()).toEqual(['static', 'static>dynamic']);
  });

  it('say why a run or its copy cannot be made, and go on', async () => {
    const house = await houseWithNightlyPlan();
    await house.send('plan.defined.v1', { id: 'dynamic', continuity: 'exact' });
    const schedules = house.startSchedules();
    await house.timer.armed();
    await house.runAt('2026-03-28T01:30:00Z');
    await house.timer.armed();
    await schedules.stop();
    expect(house.runs.map(({ refused }) => refused?.code)).toEqual(['NOT_ON_EXACT_PLAN']);
    expect(await house.recorded()).toEqual(['static']);
  });

  it('are taken only with schedules that can be followed', async () => {
    const house = await houseWithNightlyPlan();
    const wrong = ['61 2 * * *', '30 2 * *', '0 0 30 2 *', 'nightly', '* * * * * *'];
    const events = wrong.map((schedule, at) => ({
      type: 'plan.defined.v1',
      version: 100 + at,
      data: { id: 'static', kind: 'static', schedule },
    }));
    const { refusedRows } = await house.intake.take(company, events, sender);
    expect(refusedRows.map(({ code, field }) => [code, field])).toEqual(
      wrong.map(() => ['INVALID_SCHEDULE', 'data/schedule']),
    );
    const zone = { type: 'company.changed.v1', version: 100, data: { timeZone: 'Mars/Olympus' } };
    const answer = await house.intake.take(company, [zone], sender);
    expect(answer.refusedRows.map(({ code }) => code)).toEqual(['UNKNOWN_TIME_ZONE']);
  });
});
