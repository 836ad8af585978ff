import { definePlan, type PlanDefinition } from '@tidemark/planning';
import type { PlanData } from '../schema/plans.js';
import { withoutAbsent } from './reading.js';

export function readPlan(data: PlanData): PlanDefinition {
  const { id, overrides, margins, ...rest } = data;
  return definePlan(id, {
    ...withoutAbsent(rest),
    overrides: withoutAbsent(overrides ?? {}),
    margins: {
      receipt: margins?.receiptMargin ?? 0,
      issue: margins?.issueMargin ?? 0,
      reorder: margins?.reorderMargin ?? 0,
    },
  });
}
