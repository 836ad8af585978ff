import { createPlanner, type Intake } from '@tidemark/runtime';
import { counted, event, item, opening, removed, sale } from '../bad-input.js';
import type { Json } from '../intake-company.js';
import {
  company,
  endOf,
  openIntake,
  openSharedLog,
  send,
  sending,
  withBetween,
} from './shared-log.js';

const clock = { now: () => Date.UTC(2026, 2, 2, 12) };

/** A plan with an order to firm, planned by a process of its own. */
async function planned() {
  const store = openSharedLog();
  await send(...opening, sale())(openIntake(store));
  const holder = { company, holder: 'planner', address: 'http://planner' };
  const planner = createPlanner({ store, company, clock, process: holder });
  await planner.takeOver();
  await planner.catchUp();
  return { store, planner, order: planner.view()?.rowsOf('FG')[0]?.orders[0]?.id ?? '' };
}

const meanwhile: readonly (readonly [string, readonly Json[]])[] = [
  ['another order of the item', [sale({ id: 'SO-2', quantity: '3' })]],
  ['the order it is made for, less', [sale({ quantity: '2' }, { version: 2 })]],
  ['the order it is made for, gone', [removed({}, { version: 2 })]],
  ['a count', [counted()]],
];

describe('a planner that firms in another process than the intakes', () => {
  it.each(meanwhile)('plans as a regeneration does, whenever this comes: %s', async (_, sent) => {
    let hasMet = true;
    let met = 0;
    for (let at = 1; hasMet; at += 1) {
      const { store, order } = await planned();
      hasMet = false;
      const intake: Intake = openIntake(store);
      const between = async (call: number): Promise<void> => {
        if (call !== at) return;
        hasMet = true;
        await intake.take(company, sent, sending);
      };
      const process = { company, holder: 'next', address: 'http://next' };
      const planner = createPlanner({
        store: withBetween(store, between),
        company,
        clock,
        process,
      });
      await planner.takeOver();
      const firmed = await planner.command({ kind: 'firm', order }, { principal: 'planner' });
      if (!hasMet) await intake.take(company, sent, sending);
      else met += 1;
      await planner.catchUp();
      const lines = (planner.view()?.rowsOf() ?? []).flatMap((node) => [
        ...node.orders,
        ...node.requirements,
        ...node.coverage,
        ...node.messages,
      ]);
      const { plan } = await endOf(store);
      expect(lines.map((row) => JSON.stringify(row)).toSorted()).toEqual(plan);
      if (!firmed.ok) continue;
      // The order that was firmed is known to every intake, and stands once.
      const found = await openIntake(store).transaction(company, `firm/${order}`);
      expect(found).toMatchObject({ item: 'FG', source: 'tidemark' });
      expect(JSON.stringify(plan).split(`"id\\":\\"firm/${order}\\"`).length - 1).toBe(1);
    }
    expect(met).toBeGreaterThan(3);
  });

  it('records no plan of its own where one is defined meanwhile', async () => {
    let hasMet = true;
    for (let at = 1; hasMet; at += 1) {
      const store = openSharedLog();
      await send(item('FG'), sale())(openIntake(store));
      hasMet = false;
      const between = async (call: number): Promise<void> => {
        if (call !== at) return;
        hasMet = true;
        const plan = { id: 'dynamic', continuity: 'netChange' };
        await send(event('plan.defined.v1', plan))(openIntake(store));
      };
      const planner = createPlanner({ store: withBetween(store, between), company, clock });
      const ran = await planner.run({ mode: 'regeneration' }, { principal: 'planner' });
      expect(ran.ok).toBe(true);
      await planner.catchUp();
      if (hasMet) expect(planner.view('dynamic')?.definition.continuity).toBe('netChange');
    }
  });
});
