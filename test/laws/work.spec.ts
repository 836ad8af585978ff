import type { Step, ReferenceWorld } from '@tidemark/testkit';
import { effortOf, forAll, timeFor } from './effort.js';
import { followed, inputHistories } from './exact-history.js';

const usual = 30;

/** The item of a step that is about one transaction or count. */
function itemOf(step: Step): string | undefined {
  const [change] = 'change' in step ? step.change : [];
  if (change === undefined) return undefined;
  if ('upsert' in change && change.upsert.markedTo === undefined) return change.upsert.item;
  return 'onHand' in change ? change.onHand.item : undefined;
}

/** The item and everything that is made of, by any BOM version. */
function reachableFrom(world: ReferenceWorld, item: string): ReadonlySet<string> {
  const found = new Set([item]);
  for (const parent of found) {
    for (const bom of world.boms ?? []) {
      if (bom.item === parent) for (const line of bom.lines) found.add(line.item);
    }
  }
  return found;
}

/** Lines of real orders lead from one item to another besides. */
function withoutOrderLines(world: ReferenceWorld): ReferenceWorld {
  const transactions = (world.transactions ?? []).filter(({ order }) => order === undefined);
  return { ...world, transactions };
}

describe('work follows change (law 11)', () => {
  it(
    `nodes visited are among those reachable, in ${effortOf(usual, 'histories')}`,
    () => {
      let visited = 0;
      let known = 0;
      forAll(inputHistories(), usual, ([world, happenings]) => {
        const bare = withoutOrderLines(world);
        followed([bare, happenings], ({ core, step, revisions }) => {
          const item = itemOf(step);
          if (item === undefined) return;
          const nodes = core.fed.view.nodes();
          const reachable = reachableFrom(bare, item);
          const most = nodes.filter((node) => reachable.has(node.item)).length;
          const count = revisions.reduce((sum, { counters }) => sum + counters.nodesVisited, 0);
          expect({ step, most, inside: count <= most }).toEqual({ step, most, inside: true });
          visited += count;
          known += nodes.length;
        });
      });
      expect(visited).toBeGreaterThan(0);
      expect(visited * 3).toBeLessThan(known);
    },
    timeFor(usual),
  );
});
