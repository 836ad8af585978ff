import type { PlanKeeper } from './plan-keeper.js';

/**
 * The plan that is meant when none is named (PL-1): the one chosen; else the first of the kind,
 * then of kind both, then the first.
 */
export function chosenPlan(
  kind: 'dynamic' | 'static',
  chosen: string | undefined,
  keepers: ReadonlyMap<string, PlanKeeper>,
): string {
  if (chosen !== undefined && keepers.has(chosen)) return chosen;
  const plans = [...keepers.values()].map(({ definition }) => definition);
  const found =
    plans.find((plan) => plan.kind === kind) ?? plans.find((plan) => plan.kind === 'both');
  return (found ?? plans[0])?.id ?? 'dynamic';
}
