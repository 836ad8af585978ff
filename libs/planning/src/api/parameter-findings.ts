import type { Dimensions, Quantity } from '@tidemark/kernel';

/** The rules of the parameter check that data alone can decide, at least in part. */
export const parameterRuleIds = [
  'PC-1',
  'PC-2',
  'PC-3',
  'PC-4',
  'PC-5',
  'PC-6',
  'PC-7',
  'PC-8',
  'PC-9',
  'PC-10',
  'PC-11',
  'PC-12',
  'PC-13',
  'PC-14',
  'PC-15',
  'PC-16',
  'PC-17',
  'PC-18',
] as const;

export type ParameterRuleId = (typeof parameterRuleIds)[number];

/** Where the setting stands that a finding is about. */
export interface FindingSubject {
  readonly kind: 'item' | 'group' | 'plan';
  readonly id: string;
  /** The dimensions of the coverage entry, of a setting that stands in one. */
  readonly dimensions?: Dimensions;
}

/** The plan as a regeneration makes it, in figures over all nodes. */
export interface PlanFigures {
  /** Planned orders. */
  readonly orders: number;
  /** Projected stock, the mean over the days of the horizon, in units summed over all items. */
  readonly stock: Quantity;
  /** Days by which needs of all levels are met late, summed. */
  readonly delayDays: number;
  /** Delay and action messages. */
  readonly messages: number;
  /** Net requirements that the run computes. */
  readonly rowsComputed: number;
}

/**
 * What the proposal would change. Not computed, `limit`: the check has computed as many effects as
 * it may.
 */
export type FindingEffect =
  | { readonly kind: 'computed'; readonly present: PlanFigures; readonly proposed: PlanFigures }
  | { readonly kind: 'notComputed'; readonly because: 'limit' };

/** Days, counts, codes, and quantities as decimal texts, by name. */
export type FindingValues = Readonly<Record<string, string | number | boolean>>;

/** A setting worth a warning (planning.md section 20). */
export interface ParameterFinding {
  readonly rule: ParameterRuleId;
  readonly subject: FindingSubject;
  /** What is wrong, in one sentence. */
  readonly message: string;
  readonly values: FindingValues;
  readonly effect: FindingEffect;
  /** What to set instead. */
  readonly proposal: string;
}
