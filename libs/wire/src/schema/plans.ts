import { Type, type Static } from '@sinclair/typebox';
import { choice, closed, Day, Days, Id, LeadTimeDays } from './primitives.js';

const flag = Type.Optional(Type.Boolean());
const days = Type.Optional(Days);
const margin = Type.Optional(LeadTimeDays);

/** What an installation knows of a company besides its data. */
export const CompanyData = closed({ timeZone: Type.String({ minLength: 1, maxLength: 64 }) });
export type CompanyData = Static<typeof CompanyData>;

/** The company's day has come. */
export const DayData = closed({ day: Day });
export type DayData = Static<typeof DayData>;

export const PlanData = closed({
  id: Id,
  kind: Type.Optional(choice(['dynamic', 'static', 'both'])),
  continuity: Type.Optional(choice(['onRequest', 'exact', 'netChange', 'netChangeMinimized'])),
  overrides: Type.Optional(
    closed({
      coverageFence: days,
      freezingFence: days,
      firmingFence: days,
      explosionFence: days,
      actionFence: days,
      delayFence: days,
    }),
  ),
  actionBasis: Type.Optional(choice(['requirementDate', 'delayedDate'])),
  dynamicNegativeDays: flag,
  dynamicPositiveDays: flag,
  setRequirementDateToDelayedDate: flag,
  margins: Type.Optional(
    closed({ receiptMargin: margin, issueMargin: margin, reorderMargin: margin }),
  ),
  marginsInWorkingDays: flag,
  firmingBasis: Type.Optional(choice(['orderDate', 'requirementDate'])),
  firmingMarking: Type.Optional(choice(['none', 'standard', 'extended'])),
  firmingAllowed: flag,
  keepSupplyForConfirmedDemand: flag,
  automaticExplosion: flag,
  includeQuotations: flag,
  schedule: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  copyTo: Type.Optional(Id),
});
export type PlanData = Static<typeof PlanData>;

export const PlanDeletedData = closed({ plan: Id });
export type PlanDeletedData = Static<typeof PlanDeletedData>;

/** The plans that are meant when none is named. */
export const CurrentPlansData = closed(
  { dynamic: Type.Optional(Id), static: Type.Optional(Id) },
  { minProperties: 1 },
);
export type CurrentPlansData = Static<typeof CurrentPlansData>;
