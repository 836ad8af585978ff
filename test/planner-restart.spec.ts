import { asking, opened, plans, steps, type Company } from './planned-company.js';

/** Plays all steps; the planner dies before those named. */
async function play(deaths: ReadonlySet<number>, everyEvents?: number): Promise<Company> {
  const acme = await opened(undefined, everyEvents);
  for (const [at, step] of steps.entries()) {
    if (deaths.has(at)) await acme.restart();
    await step(acme);
    // Some inputs wait in the log when the planner dies.
    if (at % 3 !== 0) await acme.planner.catchUp();
  }
  await acme.planner.catchUp();
  return acme;
}

describe('a planner that takes the place of one that died', () => {
  const everyStep = steps.map((_, at) => at);

  it.each([[[]], [everyStep], ...everyStep.map((at) => [[at]])])(
    'goes on where it stood, without gap or repeat (deaths before %j)',
    async (deaths: number[]) => {
      const acme = await play(new Set(deaths));
      for (const plan of plans) expect([plan, ...(await acme.wrong(plan))]).toEqual([plan]);
    },
  );

  it('comes to the plan of one that never died', async () => {
    const linesOf = (acme: Company): unknown =>
      plans.map((plan) => acme.planner.view(plan)?.rowsOf());
    const calm = await play(new Set());
    const restless = await play(new Set(everyStep));
    expect(linesOf(restless)).toEqual(linesOf(calm));
    expect((await calm.published('exact')).length).toBeGreaterThan(steps.length / 2);
  });
});

describe('a planner that begins with the snapshot of one that died', () => {
  const everyStep = steps.map((_, at) => at);

  it.each([1, 3, 8])('publishes no gap and no repeat (a snapshot each %i inputs)', async (each) => {
    const restless = await play(new Set(everyStep), each);
    const folding = await play(new Set(everyStep));
    for (const plan of plans) {
      expect([plan, ...(await restless.wrong(plan))]).toEqual([plan]);
      expect(await restless.published(plan)).toEqual(await folding.published(plan));
      expect(restless.planner.view(plan)?.rowsOf()).toEqual(folding.planner.view(plan)?.rowsOf());
    }
    const folded = restless.news.filter(({ kind }) => kind === 'folded');
    const restored = folded.filter((one) => 'position' in one && one.position !== undefined);
    expect(restored.length).toBeGreaterThan(steps.length / 2);
    expect(restless.news.filter(({ kind }) => kind === 'ignored' || kind === 'notTaken')).toEqual(
      [],
    );
  });
});

describe('a plan that was deleted', () => {
  it('leaves no line, and goes on with its numbers when it is defined again', async () => {
    const acme = await opened();
    await steps[0]?.(acme);
    await acme.planner.catchUp();
    const before = await acme.published('stepwise');
    await acme.send('plan.deleted.v1', { plan: 'stepwise' });
    await acme.planner.catchUp();
    const last = (await acme.published('stepwise')).at(-1);
    expect(last).toMatchObject({ mode: 'deletion', revision: before.length + 1 });
    const lines = last?.nodes.flatMap(({ orders, requirements }) => [...orders, ...requirements]);
    expect(lines?.length).toBeGreaterThan(0);
    expect(lines?.filter(({ after }) => after !== undefined)).toEqual([]);
  });
});

describe('a company that defines no plan', () => {
  it('gets one with defaults at its first run, and keeps it (PL-1)', async () => {
    const acme = await opened();
    for (const plan of plans) await acme.send('plan.deleted.v1', { plan });
    const run = await acme.planner.run({ mode: 'regeneration' }, asking);
    expect(run.ok).toBe(true);
    expect(acme.planner.planIds()).toEqual(['dynamic']);
    const rows = acme.planner.view()?.rowsOf();
    await acme.restart();
    expect(acme.planner.view()?.definition).toMatchObject({ id: 'dynamic', kind: 'both' });
    expect(acme.planner.view()?.rowsOf()).toEqual(rows);
  });
});

describe('firming by a planner and by a fence at once', () => {
  it('ends: neither waits for what the other holds', async () => {
    const acme = await opened();
    await steps[0]?.(acme);
    await acme.planner.run({ plan: 'asked', mode: 'regeneration' }, asking);
    const order = acme.firstOrder('asked', 'FG');
    // The fence of the exact plan firms on this day, in the turn that is under way.
    await acme.send('day.changed.v1', { day: '2026-03-09' });
    const [, firmed] = await Promise.all([
      acme.planner.catchUp(),
      acme.planner.command({ kind: 'firm', order, plan: 'asked' }, asking),
    ]);
    expect(firmed.ok).toBe(true);
    const byFence = (await acme.intake.transaction('acme', `firm/${order}`))?.image;
    expect(byFence?.status).toBe('ordered');
    for (const plan of plans) expect([plan, ...(await acme.wrong(plan))]).toEqual([plan]);
  });
});
