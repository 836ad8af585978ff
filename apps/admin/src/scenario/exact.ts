import type { ScenarioData } from '@tidemark/wire';
import { onlyPlan } from './opening.js';

/** Why a scenario says nothing about exact continuity; undefined if it does. */
export function leftOutOfExact(scenario: ScenarioData): string | undefined {
  const { steps = [] } = scenario;
  const runs = steps.flatMap(({ run }) => run ?? []);
  if (runs.length === 0) return 'it has no run';
  if (runs.some(({ mode, items }) => mode !== 'regeneration' || items !== undefined)) {
    return 'not every run is a full regeneration';
  }
  for (const [name, plan] of Object.entries(scenario.plans ?? {})) {
    if (plan['automaticExplosion'] === true) return `plan ${name} explodes automatically`;
    if (plan['continuity'] !== undefined) return `plan ${name} has a continuity of its own`;
    if (plan['kind'] === 'static') return `plan ${name} is static`;
    if (plan['keepSupplyForConfirmedDemand'] === true) return `plan ${name} keeps supply`;
  }
  if (hasFence(scenario)) return 'a firming or freezing fence is decided by events';
  for (const step of steps) {
    if (step.copyPlan !== undefined) return 'it copies a plan';
    if (step.setCurrent !== undefined) return 'it changes the current plan';
    if (step.expect?.profile !== undefined) return 'it reads a profile';
    if ((step.expect?.journal?.pending ?? 0) > 0) return 'it expects pending entries';
    if (step.change?.some((change) => change.delete !== undefined) === true) {
      return 'it deletes an order';
    }
  }
  return undefined;
}

function hasFence(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) =>
    key === 'firmingFence' || key === 'freezingFence'
      ? typeof inner === 'number' && inner > 0
      : hasFence(inner),
  );
}

/** The scenario with every plan following each change exactly. */
export function withExactPlans(scenario: ScenarioData): ScenarioData {
  const given = Object.entries(scenario.plans ?? {});
  const plans = given.length === 0 ? [[onlyPlan, {}] as const] : given;
  return {
    ...scenario,
    plans: Object.fromEntries(
      plans.map(([name, plan]) => [name, { ...plan, continuity: 'exact' }]),
    ),
  };
}
