import type { EventStore } from '@tidemark/streams';
import type { ScenarioData, ScenarioStep } from '@tidemark/wire';
import { readPlans } from '../commands/published/company-plans.js';
import { planHash } from '../commands/published/plan-hash.js';
import { foldPublished } from '../commands/published/published-plan.js';
import { readRevisions } from '../commands/published/read-revisions.js';
import { checkExpectation } from './expect/check-expectation.js';
import { openingEvents } from './opening.js';
import { performStep } from './perform-step.js';
import { NotYet, Scene } from './scene.js';
import { asking, buildHouse, type SmallHouse } from './small-house.js';

/** What came of a scenario. */
export interface ScenarioOutcome {
  readonly id: string;
  readonly outcome: 'ok' | 'failed' | 'notYet' | 'leftOut';
  /** What does not hold, the feature that is missing, or why it is left out. */
  readonly because: readonly string[];
  /** Outcome of every step performed, in order. */
  readonly steps: readonly StepOutcome[];
  /** What was published of each plan that the log defines in the end. */
  readonly plans: readonly PlanOutcome[];
}

export interface PlanOutcome {
  readonly plan: string;
  readonly revision: number;
  /** As `tidemark hash` tells it. */
  readonly hash: string;
}

export interface StepOutcome {
  readonly step: number;
  readonly kind: string;
  readonly faults: readonly string[];
}

export interface ScenarioOptions {
  /** Every plan follows exactly; each expectation holds before its run, which changes nothing. */
  readonly exact: boolean;
  /** An empty log to play on; default: one in memory. */
  readonly store?: EventStore;
}

/** Runs one scenario in a house of its own. */
export async function runScenario(
  scenario: ScenarioData,
  options: ScenarioOptions,
): Promise<ScenarioOutcome> {
  const { id } = scenario;
  const steps: StepOutcome[] = [];
  const house = buildHouse('scenario', options.store);
  try {
    await play(scenario, options, { house, outcomes: steps });
  } catch (thrown) {
    if (!(thrown instanceof NotYet)) throw thrown;
    return { id, outcome: 'notYet', because: [thrown.feature], steps, plans: [] };
  }
  const because = steps.flatMap(({ step, kind, faults }) =>
    faults.map((fault) => `step ${step} (${kind}): ${fault}`),
  );
  const outcome = because.length === 0 ? 'ok' : 'failed';
  return { id, outcome, because, steps, plans: await publishedBy(house) };
}

async function play(
  scenario: ScenarioData,
  { exact }: ScenarioOptions,
  { house, outcomes }: { readonly house: SmallHouse; readonly outcomes: StepOutcome[] },
): Promise<void> {
  const scene = new Scene(house);
  await open(scene, scenario);
  const { steps = [] } = scenario;
  for (const [at, step] of steps.entries()) {
    const kind = Object.keys(step)[0] ?? '';
    const faults: string[] = [];
    if (step.expect !== undefined) faults.push(...(await checkExpectation(scene, step.expect)));
    else {
      const isRun = exact && step.run !== undefined;
      if (isRun) faults.push(...(await holdsBefore(scene, steps.slice(at + 1))));
      const revisions = await performStep(scene, step);
      const changed = revisions.flatMap(({ nodes }) => nodes);
      if (isRun && changed.length > 0) {
        const items = [...new Set(changed.map(({ item }) => item))].join(', ');
        faults.push(`the run changes the exact plan of ${items}`);
      }
    }
    outcomes.push({ step: at + 1, kind, faults });
  }
}

/** Read back from the log: what subscribers have been told. */
async function publishedBy({ store, company }: SmallHouse): Promise<readonly PlanOutcome[]> {
  const found: PlanOutcome[] = [];
  const { plans } = await readPlans(store, company);
  for (const plan of plans.keys()) {
    const published = await foldPublished(readRevisions(store, { company, plan }));
    const { revision = 0 } = published.last ?? {};
    found.push({ plan, revision, hash: planHash(published) });
  }
  return found;
}

async function open(scene: Scene, scenario: ScenarioData): Promise<void> {
  const { intake, planner, company } = scene.house;
  for (const { id } of scenario.transactions ?? []) scene.names.declare(String(id));
  const events = openingEvents(scenario).map(({ event }) => event);
  const taking = { ...asking, source: 'scenario', numbers: 'taken' as const };
  const answer = await intake.take(company, events, taking);
  const [refused] = answer.refusedRows;
  if (refused !== undefined) throw new Error(`The opening state is refused: ${refused.message}`);
  await planner.catchUp();
}

/** What the expectations after a run lack before it. */
async function holdsBefore(scene: Scene, later: readonly ScenarioStep[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { expect } of later) {
    if (expect === undefined) break;
    for (const fault of await checkExpectation(scene, expect)) {
      faults.push(`before the run: ${fault}`);
    }
  }
  return faults;
}
