import fc from 'fast-check';
import { projections, WalkDown, WalkUp, type ProjectedEvent } from '@tidemark/projections';
import type { PlanRevision } from '@tidemark/planning';
import { decisionWeights, histories, inputWeights, Story, worlds } from '@tidemark/testkit';
import { RowTables } from '../projections/row-tables.js';
import { CorePlanner } from './core-planner.js';
import { effortOf, forAll, timeFor } from './effort.js';

const usual = 30;

function eventsOf({ nodes, ...head }: PlanRevision): readonly ProjectedEvent[] {
  const { plan, position, revision } = head;
  const place = { company: 'acme', position };
  return [
    { ...place, kind: 'nodes', plan, revision, index: 0, nodes },
    { ...place, kind: 'revision', head },
  ];
}

/** The read model of explosions, which knows nothing but the revisions of a plan. */
class Explosions {
  readonly #tables = new RowTables(projections.explosions);

  fold(revisions: readonly PlanRevision[]): void {
    for (const event of revisions.flatMap(eventsOf)) this.#tables.fold(event);
  }

  ordersFor(demand: string): readonly string[] {
    return this.#walked(new WalkDown(demand), 'above').orders;
  }

  demandsOn(order: string): readonly string[] {
    return this.#walked(new WalkUp(order), 'below').demands;
  }

  get edges(): number {
    return this.#tables.rows('explosion_edges').length;
  }

  #walked<Walk extends WalkDown | WalkUp>(walk: Walk, side: 'above' | 'below'): Walk {
    const rows = this.#tables.rows('explosion_edges');
    while (walk.ask.length > 0) {
      const { ask } = walk;
      walk.take(rows.filter((row) => ask.includes(String(row[side]))));
    }
    return walk;
  }
}

describe('static explosion (MO-20)', () => {
  it(
    `folded from changes equals the walk over the plan, in ${effortOf(usual, 'histories')}`,
    () => {
      let related = 0;
      const told = histories({ ...inputWeights, ...decisionWeights }, { from: 6, to: 14 });
      forAll(fc.tuple(worlds(), told), usual, ([world, happenings]) => {
        const core = new CorePlanner(world);
        const story = new Story(world);
        const model = new Explosions();
        model.fold(core.opening);
        for (const happening of happenings) {
          const step = story.tell(happening, core.standing());
          if (step === undefined) continue;
          model.fold(core.take(step));
          const { view } = core.fed;
          for (const { requirements } of view.rowsOf()) {
            for (const { id, direction, kind } of requirements) {
              if (kind === 'onHand' || kind === 'safetyStock') continue;
              if (direction === 'issue') {
                const orders = view.explosionOf(id);
                expect({ id, orders: model.ordersFor(id) }).toEqual({ id, orders });
                related += orders.length;
              } else {
                const demands = view.dependentsOf(id);
                expect({ id, demands: model.demandsOn(id) }).toEqual({ id, demands });
                related += demands.length;
              }
            }
          }
        }
      });
      expect(related).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});
