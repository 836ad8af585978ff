import type { PlanningEngine, PlanRevision } from '@tidemark/planning';
import type { Position } from '@tidemark/streams';

/** Who asks. */
export interface Asking {
  readonly principal: string;
}

/** What a decision, a run or a copy came to. */
export interface Settled {
  /** Everything that it recorded lies at or before this place. */
  readonly position: Position;
  /** The revisions that it led to, in order. */
  readonly revisions: readonly PlanRevision[];
}

/** What can be asked of the plans without changing them. */
export type AskedPlans = Pick<
  PlanningEngine,
  'promise' | 'decide' | 'checkParameters' | 'planIds' | 'view'
>;
