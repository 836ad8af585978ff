import type { ParameterFinding } from '../api/parameter-findings.js';
import type { PlanDefinition } from '../api/plan-definition.js';
import type { ChangedRecords } from './changed-master-data.js';
import type { PlanRead } from './plan-read.js';

/** The proposal as something that can be planned with. */
export interface ProposedChange extends ChangedRecords {
  readonly definition?: PlanDefinition;
  /** Levels or chains of refills move with it: the plan is made anew as a whole. */
  readonly movesLevels?: true;
}

/** A finding whose effect is not computed yet. */
export interface Suspicion extends Omit<ParameterFinding, 'effect'> {
  readonly change: ProposedChange;
}

/** One rule of the check: reads a plan and what it is planned by, and says what it suspects. */
export type ParameterRule = (read: PlanRead) => Iterable<Suspicion>;
