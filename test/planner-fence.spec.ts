import { createPlanner, PlannerReplaced, type CompanyPlanner } from '@tidemark/runtime';
import { asking, company, opened, plans, steps, type Company } from './planned-company.js';

const clock = { now: () => 1_700_000_000_000 };

/** A planner in a process of its own, which plans the company from now on. */
async function takeOver({ store }: Company, holder: string): Promise<CompanyPlanner> {
  const process = { company, holder, address: `http://${holder}` };
  const planner = createPlanner({ store, company, clock, process });
  await planner.takeOver();
  await planner.catchUp();
  return planner;
}

/** A company planned by one process, then by another; the first one does not know. */
async function replaced() {
  const acme = await opened();
  await steps[0]?.(acme);
  const sleeper = await takeOver(acme, 'first');
  await sleeper.run({ plan: 'asked', mode: 'regeneration' }, asking);
  acme.planner = await takeOver(acme, 'second');
  return { acme, sleeper };
}

const ways: readonly (readonly [string, (sleeper: CompanyPlanner) => Promise<unknown>])[] = [
  ['a run', (sleeper) => sleeper.run({ plan: 'asked', mode: 'regeneration' }, asking)],
  [
    'a decision',
    (sleeper) => {
      const order = sleeper.view('exact')?.rowsOf('FG')[0]?.orders[0]?.id ?? '';
      return sleeper.command({ kind: 'approve', order, plan: 'exact' }, asking);
    },
  ],
  ['a copy', (sleeper) => sleeper.copyPlan('exact', 'asked', asking)],
];

describe('a planner that was replaced while it slept', () => {
  it.each(ways)('cannot record %s any more', async (_, act) => {
    const { acme, sleeper } = await replaced();
    const head = await acme.store.head();
    await expect(act(sleeper)).rejects.toThrow(PlannerReplaced);
    expect(await acme.store.head()).toBe(head);
  });

  it('cannot publish what it plans, and the other goes on without gap or repeat', async () => {
    const { acme, sleeper } = await replaced();
    await steps[2]?.(acme);
    const head = await acme.store.head();
    await expect(sleeper.catchUp()).rejects.toThrow(PlannerReplaced);
    expect(await acme.store.head()).toBe(head);
    await acme.planner.catchUp();
    for (const plan of plans) expect([plan, ...(await acme.wrong(plan))]).toEqual([plan]);
  });

  it('is stopped by a plan that it never published to', async () => {
    const { acme, sleeper } = await replaced();
    await acme.send('plan.defined.v1', { id: 'late', continuity: 'exact' });
    await expect(sleeper.catchUp()).rejects.toThrow(PlannerReplaced);
    await acme.planner.catchUp();
    expect(await acme.wrong('late')).toEqual([]);
    expect((await acme.published('late')).length).toBe(1);
  });
});

describe('a planner that shares its streams with the way in', () => {
  it('records decisions and runs after events it has not seen', async () => {
    const acme = await opened();
    await steps[0]?.(acme);
    acme.planner = await takeOver(acme, 'only');
    await acme.send('plan.defined.v1', { id: 'other', kind: 'static' });
    const run = { plan: 'asked', mode: 'regeneration' as const };
    expect((await acme.planner.run(run, asking)).ok).toBe(true);
    expect(await acme.wrong('asked')).toEqual([]);
  });
});
