import { formatPlanDay, type PlanDay } from '@tidemark/kernel';
import type { ImportStep } from './import-step.js';

/**
 * The plan that an import makes, and its id: one dynamic plan that follows every change
 * exactly.
 */
export const importedPlan = 'dynamic';

/** The day of the company and its plan. A later day has the higher version; a plan is told once. */
export function* planningFacts(day: PlanDay): Generator<ImportStep> {
  yield {
    kind: 'event',
    event: { type: 'day.changed.v1', version: day + 1, data: { day: formatPlanDay(day) } },
    places: [],
  };
  yield {
    kind: 'event',
    event: {
      type: 'plan.defined.v1',
      version: 1,
      data: { id: importedPlan, kind: 'both', continuity: 'exact' },
    },
    places: [],
  };
}
