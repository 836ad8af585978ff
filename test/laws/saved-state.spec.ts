import { StateReader, StateWriter, type SavedValue } from '@tidemark/kernel';
import { createPlanningEngine } from '@tidemark/planning';
import type {
  PastInput,
  PlanDefinition,
  PlanningEngine,
  PlanningInput,
  PlanRevision,
  RunRequest,
} from '@tidemark/planning';
import { effortOf, forAll, timeFor } from './effort.js';
import { followed, randomHistories } from './exact-history.js';

const usual = 12;

/** Beside the exact plan of the history, one of each other continuity. */
const others: readonly Pick<PlanDefinition, 'id' | 'continuity'>[] = [
  { id: 'asked', continuity: 'onRequest' },
  { id: 'stepwise', continuity: 'netChange' },
  { id: 'minimized', continuity: 'netChangeMinimized' },
];
const runModes: readonly RunRequest['mode'][] = ['regeneration', 'netChange', 'netChangeMinimized'];

function saved(engine: PlanningEngine): string[] {
  const writer = new StateWriter();
  const texts: string[] = [];
  for (const _ of engine.exchange(writer)) texts.push(JSON.stringify(writer.take()));
  return [...texts, JSON.stringify(writer.take())];
}

function restored(texts: readonly string[], past: readonly PastInput[]): PlanningEngine {
  const engine = createPlanningEngine();
  const parts = texts.map((text) => JSON.parse(text) as readonly SavedValue[]);
  for (const _ of engine.exchange(new StateReader(parts)));
  engine.past.recall(past);
  return engine;
}

/** What happens after an input, the same to every engine: all plans follow, some are run. */
function settle(engine: PlanningEngine, at: number, position: string): readonly PlanRevision[] {
  const revisions: PlanRevision[] = [];
  for (const plan of ['dynamic', ...others.map(({ id }) => id)]) {
    for (let next = engine.follow(plan); next !== undefined; next = engine.follow(plan)) {
      revisions.push(next);
    }
  }
  const mode = runModes[at % runModes.length] ?? 'regeneration';
  const run = at % 4 === 3 ? engine.run({ plan: 'asked', mode }, position) : undefined;
  const copied = at % 9 === 8 ? engine.copyPlan('dynamic', 'asked', position) : undefined;
  for (const made of [run, copied]) if (made?.ok === true) revisions.push(made.value);
  return revisions;
}

/** The inputs of a history, with the other plans; one of them goes and comes back. */
function withPlans(inputs: readonly PlanningInput[]): readonly PlanningInput[] {
  const middle = Math.floor(inputs.length / 2);
  return inputs.flatMap((input, at): PlanningInput[] => {
    if (input.kind === 'planDefined') {
      const { plan } = input;
      return [input, ...others.map((other) => ({ ...input, plan: { ...plan, ...other } }))];
    }
    if (at === middle) return [input, { kind: 'planDeleted', plan: 'stepwise' }];
    const defined = inputs.find((one) => one.kind === 'planDefined');
    if (at !== middle + 4 || defined?.kind !== 'planDefined') return [input];
    const plan = { ...defined.plan, id: 'stepwise', continuity: 'netChange' as const };
    return [input, { kind: 'planDefined', plan }];
  });
}

describe('a saved state, restored', () => {
  it(
    `goes on with the very same revisions, at every point of ${effortOf(usual, 'histories')}`,
    () => {
      let compared = 0;
      forAll(randomHistories(), usual, (history) => {
        const inputs = withPlans(followed(history).fed.inputs);
        const past: PastInput[] = [];
        const steady = createPlanningEngine();
        let restless = createPlanningEngine();
        inputs.forEach((input, at) => {
          const position = String(at + 1).padStart(8, '0');
          steady.apply(input, position);
          restless.apply(input, position);
          if (input.kind === 'entry' || input.kind === 'decision') past.push({ input, position });
          const expected = settle(steady, at, position);
          expect({ at, revisions: settle(restless, at, position) }).toEqual({
            at,
            revisions: expected,
          });
          compared += expected.length;
          restless = restored(saved(restless), past);
        });
        for (const plan of steady.planIds()) {
          expect(restless.view(plan)?.rowsOf()).toEqual(steady.view(plan)?.rowsOf());
        }
      });
      expect(compared).toBeGreaterThan(usual);
    },
    timeFor(usual),
  );
});
