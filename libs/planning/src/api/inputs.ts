import type { JournalEntry } from '@tidemark/journal';
import type { PlanDay } from '@tidemark/kernel';
import type { BillOfMaterial, Calendar, CoverageGroup, Item } from '@tidemark/master-data';
import type { Decision } from './decisions.js';
import type { PlanDefinition } from './plan-definition.js';

/** Everything that a plan is a function of, one input at a time, in commit order. */
export type PlanningInput =
  | { readonly kind: 'calendar'; readonly calendar: Calendar }
  | { readonly kind: 'coverageGroup'; readonly group: CoverageGroup }
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'billOfMaterial'; readonly bom: BillOfMaterial }
  | { readonly kind: 'billOfMaterialRemoved'; readonly id: string }
  | { readonly kind: 'entry'; readonly entry: JournalEntry }
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'day'; readonly day: PlanDay }
  | { readonly kind: 'planDefined'; readonly plan: PlanDefinition }
  | { readonly kind: 'planDeleted'; readonly plan: string }
  | { readonly kind: 'currentPlans'; readonly dynamic?: string; readonly static?: string };

/** An input that a plan defined later folds too, and where it stands in the log. */
export interface PastInput {
  readonly input: PlanningInput & { kind: 'entry' | 'decision' };
  readonly position: string;
}
