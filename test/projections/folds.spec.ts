import {
  Accumulation,
  churnList,
  projections,
  textIn,
  type ListedTable,
  type ProjectedEvent,
  type ProjectionName,
} from '@tidemark/projections';
import { createPlanningEngine, type PlanningInput, type PlanRevision } from '@tidemark/planning';
import { planLists } from '@tidemark/runtime';
import { writeNamed } from '@tidemark/wire';
import { SmallWorld } from '../small-world.js';
import { lineLists, plannedRows, textOf } from './projected-company.js';
import { RowTables } from './row-tables.js';

const company = 'acme';

/** A plan, and the read models that know nothing but its revisions. */
class Followed {
  readonly engine = createPlanningEngine();
  readonly models = new Map(
    (['orders', 'requirements', 'coverage', 'messages', 'churn', 'runs'] as const).map(
      (name): [ProjectionName, RowTables] => [name, new RowTables(projections[name])],
    ),
  );
  readonly revisions: PlanRevision[] = [];
  #position = 0;

  /** @param cut how many nodes the next part of a revision holds. */
  put(inputs: readonly PlanningInput[], cut: () => number): void {
    for (const input of inputs) this.engine.apply(input, String((this.#position += 1)));
    const revision = this.engine.follow('dynamic');
    if (revision === undefined) return;
    this.revisions.push(revision);
    for (const event of eventsOf(revision, cut)) {
      for (const model of this.models.values()) model.fold(event);
    }
  }

  rows(list: ListedTable): readonly string[] {
    const rows = this.models.get(list.shape.name as ProjectionName)?.rows(list.table) ?? [];
    return rows.map((row) => textOf(list.show(row))).toSorted();
  }
}

function eventsOf(revision: PlanRevision, cut: () => number): readonly ProjectedEvent[] {
  const { nodes, ...head } = revision;
  const { plan, position } = revision;
  const events: ProjectedEvent[] = [];
  for (let at = 0; at < nodes.length;) {
    const some = nodes.slice(at, at + cut());
    const part = { plan, revision: revision.revision, index: events.length, nodes: some };
    events.push({ company, position, kind: 'nodes', ...part });
    at += some.length;
  }
  return [...events, { company, position, kind: 'revision', head }];
}

/** 1 to 5, the same for a seed on every machine. */
function cuts(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 1 + (state % 5);
  };
}

describe.each([1, 2, 3, 4, 5])('folding revisions cut anywhere (seed %i)', (seed) => {
  const world = new SmallWorld(seed);
  const followed = new Followed();
  const cut = cuts(seed);

  it('gives the rows of the plan after every revision', () => {
    followed.put(world.opening(), cut);
    for (let step = 0; step < 40; step += 1) {
      followed.put(world.change(), cut);
      const view = followed.engine.view('dynamic');
      if (view === undefined) throw new Error('no plan');
      for (const list of lineLists) {
        expect(followed.rows(planLists[list])).toEqual(plannedRows(view, list));
      }
    }
    expect(followed.revisions.length).toBeGreaterThan(20);
  });

  it('counts the revisions in which an order was moved, and tells the last of them', () => {
    const moves = new Map<string, number>();
    for (const { nodes } of followed.revisions) {
      for (const { key, before, after } of nodes.flatMap(({ orders }) => orders)) {
        if (after === undefined) moves.delete(key);
        else if (before !== undefined && differ(before, after)) {
          moves.set(key, (moves.get(key) ?? 0) + 1);
        }
      }
    }
    const rows = followed.models.get('churn')?.rows(churnList.table) ?? [];
    expect(new Map(rows.map((row) => [textIn(row, 'id'), row['moves']]))).toEqual(moves);
    expect(moves.size).toBeGreaterThan(0);
  });

  it('keeps what each revision took and what caused it', () => {
    const shown = followed.models.get('runs')?.rows('runs').map(planLists.revisions.show) ?? [];
    expect(shown).toEqual(
      followed.revisions.map(({ nodes, decisions, day: _, ...head }) => ({
        ...head,
        day: expect.any(String) as unknown,
        decisions: decisions.length,
        changes: Object.fromEntries(
          lineLists.map((kind) => [kind, nodes.reduce((sum, node) => sum + node[kind].length, 0)]),
        ),
      })),
    );
    const causes = followed.models.get('runs')?.rows('causes') ?? [];
    expect(causes.length).toBeGreaterThan(0);
  });

  it('accumulates a requirement profile to what stands at its end', () => {
    const { table, orderBy, shape } = planLists.requirements;
    const rows = followed.models.get('requirements')?.rows(table) ?? [];
    expect(shape.tables[0]?.indexes?.[0]).toEqual(['company', 'plan', ...orderBy]);
    const item = textIn(rows[0] ?? {}, 'item');
    const ofItem = rows.filter((row) => row['item'] === item);
    const accumulation = new Accumulation();
    const last = ofItem.map((row) => accumulation.show(row)).at(-1);
    const sum = ofItem
      .filter(({ kind, held }) => kind !== 'safetyStock' && held !== 1)
      .reduce((total, { side, quantity }) => total + Number(quantity) * (side === 1 ? -1 : 1), 0);
    expect(writeNamed({ quantity: sum })).toEqual({ quantity: last?.['accumulated'] });
  });
});

function differ(
  before: PlanRevision['nodes'][number]['orders'][number]['before'],
  after: typeof before,
) {
  return (['requirementDate', 'deliveryDate', 'quantity'] as const).some(
    (name) => before?.[name] !== after?.[name],
  );
}
