import { formatPlanDay, type PlanDay } from '@tidemark/kernel';
import type { ImportStep } from './import-step.js';

/** The day of the company. A later day has the higher version. */
export function dayFact(day: PlanDay): ImportStep {
  return {
    kind: 'event',
    event: { type: 'day.changed.v1', version: day + 1, data: { day: formatPlanDay(day) } },
    places: [],
  };
}

/**
 * The plan that an import makes where the company has none: one that follows every change exactly.
 * It comes last, so that its first revision is the plan of all that was imported.
 */
export const planFact: ImportStep = {
  kind: 'event',
  event: {
    type: 'plan.defined.v1',
    version: 1,
    data: { id: 'dynamic', kind: 'both', continuity: 'exact' },
  },
  places: [],
};

/** The steps without the definition of a plan, for a company that has plans of its own. */
export async function* withoutPlan(
  steps: Iterable<ImportStep> | AsyncIterable<ImportStep>,
): AsyncGenerator<ImportStep, void, void> {
  for await (const step of steps) {
    if (step.kind !== 'event' || step.event.type !== 'plan.defined.v1') yield step;
  }
}
