import type { PlanRevision } from '@tidemark/planning';
import { effortOf, forAll, timeFor } from './effort.js';
import { followed, randomHistories } from './exact-history.js';
import { nodeName } from './order-names.js';

const usual = 30;

/** Nodes of a revision from which no way leads back to something that was put in. */
function withoutCause({ nodes }: PlanRevision): readonly string[] {
  const byKey = new Map(nodes.map((node) => [nodeName(node), node]));
  const isCaused = (key: string, seen: Set<string>): boolean => {
    const node = byKey.get(key);
    if (node === undefined || seen.has(key)) return node === undefined;
    seen.add(key);
    if (node.causes.length > 0) return true;
    return node.reachedFrom.some((from) => isCaused(nodeName(from), seen));
  };
  return [...byKey.keys()].filter((key) => !isCaused(key, new Set()));
}

describe('every changed line has a cause (law 9)', () => {
  it(
    `its own, or one up an edge, in ${effortOf(usual, 'histories')}`,
    () => {
      let looked = 0;
      forAll(randomHistories(), usual, (history) => {
        followed(history, ({ step, revisions }) => {
          for (const revision of revisions) {
            looked += revision.nodes.length;
            const lost = withoutCause(revision);
            expect({ step, lost }).toEqual({ step, lost: [] });
          }
        });
      });
      expect(looked).toBeGreaterThan(0);
    },
    timeFor(usual),
  );

  it(
    `no cause is older than the step, in ${effortOf(usual, 'histories')}`,
    () => {
      let causes = 0;
      forAll(randomHistories(), usual, (history) => {
        let before = '';
        followed(history, ({ core, step, revisions }) => {
          const told = revisions.flatMap(({ nodes }) => nodes).flatMap((node) => node.causes);
          causes += told.length;
          const old = told.filter(({ position }) => position <= before);
          expect({ step, old }).toEqual({ step, old: [] });
          before = core.fed.position;
        });
      });
      expect(causes).toBeGreaterThan(0);
    },
    timeFor(usual),
  );
});
