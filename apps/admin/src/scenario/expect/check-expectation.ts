import type { PlanView } from '@tidemark/planning';
import type { ScenarioExpectation } from '@tidemark/wire';
import type { Scene } from '../scene.js';
import {
  expectError,
  expectJournal,
  expectLevels,
  expectProfile,
  expectProjection,
  expectPromises,
  expectStock,
  expectTransactions,
} from './expect-figures.js';
import { expectOrders } from './expect-orders.js';
import {
  expectActions,
  expectCoverage,
  expectDelays,
  expectMarkings,
  expectNames,
  expectShortages,
  expectUncovered,
} from './expect-tables.js';

/** What does not hold of an expectation, in readers' words; nothing if all of it holds. */
export async function checkExpectation(
  scene: Scene,
  expected: ScenarioExpectation,
): Promise<string[]> {
  const plan = expected.plan ?? scene.house.planner.currentPlan('dynamic');
  const faults: string[] = [];
  if (expected.error !== undefined) faults.push(...expectError(scene, plan, expected.error));
  const view = scene.view(plan);
  if (view === undefined) return [...faults, `there is no plan ${plan}`];
  faults.push(...checkTables(scene, view, expected), ...checkFigures(scene, view, expected));
  if (expected.transactions !== undefined) {
    faults.push(...(await expectTransactions(scene, view, expected.transactions)));
  }
  if (expected.onHand !== undefined) faults.push(...(await expectStock(scene, expected.onHand)));
  return faults;
}

/** Orders first: they bind the names that the other blocks use. */
function checkTables(scene: Scene, view: PlanView, expected: ScenarioExpectation): string[] {
  const faults: string[] = [];
  const check = <Block>(
    block: Block | undefined,
    by: (scene: Scene, view: PlanView, block: Block) => string[],
  ): void => {
    if (block !== undefined) faults.push(...by(scene, view, block));
  };
  check(expected.plannedOrders, expectOrders);
  check(expected.coverage, expectCoverage);
  check(expected.uncovered, expectUncovered);
  check(expected.actions, expectActions);
  check(expected.delays, expectDelays);
  check(expected.markings, expectMarkings);
  check(expected.profile, expectProfile);
  check(expected.shortages, expectShortages);
  return faults;
}

function checkFigures(scene: Scene, view: PlanView, expected: ScenarioExpectation): string[] {
  const { onHandProjection, journal, promise, levels, explosion, dependents } = expected;
  return [
    ...(onHandProjection === undefined ? [] : expectProjection(view, onHandProjection)),
    ...(journal === undefined ? [] : expectJournal(view, journal)),
    ...(promise === undefined ? [] : expectPromises(scene, promise)),
    ...(levels === undefined ? [] : expectLevels(view, levels)),
    ...(explosion === undefined
      ? []
      : expectNames(scene, explosion, (demand) => view.explosionOf(demand))),
    ...(dependents === undefined
      ? []
      : expectNames(scene, dependents, (order) => view.dependentsOf(order))),
  ];
}
