import { opened, plans, steps, type Company } from '../planned-company.js';
import {
  lineLists,
  newReadModels,
  plannedRows,
  Projected,
  removeReadModels,
  shownRows,
} from './projected-company.js';

afterAll(removeReadModels);

/** Lists that differ from what the planner has, by plan. */
async function differing(projected: Projected, acme: Company): Promise<unknown[]> {
  const position = await acme.planner.catchUp();
  const reader = projected.reader(acme);
  const wrong: unknown[] = [];
  for (const plan of acme.planner.planIds()) {
    const view = acme.planner.view(plan);
    if (view === undefined) continue;
    for (const list of lineLists) {
      const shown = await shownRows(reader, plan, list, position);
      const wanted = plannedRows(view, list);
      if (JSON.stringify(shown.rows) !== JSON.stringify(wanted))
        wrong.push([plan, list, shown.rows, wanted]);
      if (shown.total !== wanted.length) wrong.push([plan, list, shown.total, wanted.length]);
      if (shown.revision !== view.revision) wrong.push([plan, shown.revision, view.revision]);
    }
  }
  return wrong;
}

describe('the read models of a company', () => {
  it('show each plan as the planner has it, after every step', async () => {
    const acme = await opened();
    const projected = await new Projected(acme.store).start();
    expect(await differing(projected, acme)).toEqual([]);
    for (const step of steps) {
      await step(acme);
      expect(await differing(projected, acme)).toEqual([]);
    }
    await projected.stop();
    expect(projected.failures).toEqual([]);
  });

  it('go on where they stood, wherever the projector was stopped', async () => {
    const acme = await opened();
    const path = newReadModels();
    for (const step of steps) {
      const projected = await new Projected(acme.store, path).start();
      await step(acme);
      await acme.planner.catchUp();
      await projected.stop();
    }
    const projected = await new Projected(acme.store, path).start();
    expect(await differing(projected, acme)).toEqual([]);
    expect(plans.length).toBeGreaterThan(1);
    await projected.stop();
    expect(projected.failures).toEqual([]);
  });
});
