/** What a plan may be used for (FORMAT `kind`; PL-2). */
export type PlanKind = 'dynamic' | 'static' | 'both';
/** How a plan follows its journal (PL-7). */
export type Continuity = 'onRequest' | 'exact' | 'netChange' | 'netChangeMinimized';

export interface FenceOverrides {
  readonly coverageFence?: number;
  readonly freezingFence?: number;
  readonly firmingFence?: number;
  readonly explosionFence?: number;
  readonly actionFence?: number;
  readonly delayFence?: number;
}

/** A plan as an administrator defines it. Fences and margins in days. */
export interface PlanDefinition {
  readonly id: string;
  readonly kind: PlanKind;
  readonly continuity: Continuity;
  readonly overrides: FenceOverrides;
  readonly actionBasis: 'requirementDate' | 'delayedDate';
  readonly dynamicNegativeDays: boolean;
  readonly dynamicPositiveDays: boolean;
  readonly setRequirementDateToDelayedDate: boolean;
  /** Added to the margins of the coverage settings. */
  readonly margins: { readonly receipt: number; readonly issue: number; readonly reorder: number };
  readonly marginsInWorkingDays: boolean;
  readonly firmingBasis: 'orderDate' | 'requirementDate';
  readonly firmingMarking: 'none' | 'standard' | 'extended';
  readonly firmingAllowed: boolean;
  readonly keepSupplyForConfirmedDemand: boolean;
  readonly automaticExplosion: boolean;
  readonly includeQuotations: boolean;
  /** When it runs by itself, as a cron text; absent: never. */
  readonly schedule?: string;
  /** Plan that takes on this one's state after each run of the schedule (MO-9); absent: none. */
  readonly copyTo?: string;
}

/** A plan with nothing said of it: kind dynamic, followed on request, every switch off. */
export function definePlan(
  id: string,
  given: Partial<Omit<PlanDefinition, 'id'>> = {},
): PlanDefinition {
  return {
    id,
    kind: 'dynamic',
    continuity: 'onRequest',
    overrides: {},
    actionBasis: 'requirementDate',
    dynamicNegativeDays: false,
    dynamicPositiveDays: false,
    setRequirementDateToDelayedDate: false,
    margins: { receipt: 0, issue: 0, reorder: 0 },
    marginsInWorkingDays: false,
    firmingBasis: 'orderDate',
    firmingMarking: 'standard',
    firmingAllowed: true,
    keepSupplyForConfirmedDemand: false,
    automaticExplosion: false,
    includeQuotations: false,
    ...given,
  };
}
