import type { PlanDay, Refusal } from '@tidemark/kernel';
import type { Decision } from './decisions.js';
import type { CoverageRow, MessageRow, NodeName, OrderRow, RequirementRow } from './rows.js';

export type RunMode =
  'regeneration' | 'netChange' | 'netChangeMinimized' | 'explosion' | 'explosionRegeneration';

/** A run (planning session) as it is asked for, and recorded before it is made. */
export interface RunRequest {
  readonly plan?: string;
  readonly mode: RunMode;
  /** Absent: all items. */
  readonly items?: readonly string[];
  /** The transaction or planned order of an explosion. */
  readonly of?: string;
  readonly scope?: 'full' | 'item';
  readonly options?: {
    readonly currentExplosion?: boolean;
    readonly markingAndReservation?: boolean;
    readonly autoReservation?: boolean;
  };
}

/** A line before and after; one of them is absent when the line came or went. */
export interface Change<Row> {
  readonly key: string;
  readonly before?: Row;
  readonly after?: Row;
  /** The order that this one replaces: same node, date and ordinal, another opener (law 7). */
  readonly replaces?: string;
}

/** What was applied at a node in this revision, by position and name. */
export interface NodeCause {
  readonly kind: 'entry' | 'settings' | 'decision' | 'day' | 'run';
  readonly position: string;
  readonly name: string;
}

/** The changed lines of one node, what was applied at it, and the nodes whose change reached it. */
export interface NodeDifference extends NodeName {
  readonly orders: readonly Change<OrderRow>[];
  readonly requirements: readonly Change<RequirementRow>[];
  readonly coverage: readonly Change<CoverageRow>[];
  readonly messages: readonly Change<MessageRow>[];
  readonly causes: readonly NodeCause[];
  /** Nodes along whose edges a change came here: parents for demand, components for delays. */
  readonly reachedFrom: readonly NodeName[];
}

/** Counted work of a run (law 11). */
export interface RunCounters {
  readonly nodesVisited: number;
  readonly rowsComputed: number;
  readonly nodesChanged: number;
  readonly inputsApplied: number;
}

/** A rule that a run met and went on (CIRCULAR_BOM, CIRCULAR_REFILL, AMBIGUOUS_BOM, ...). */
export type RunFinding = Refusal;

/** Why an item of a run was not planned. */
export type SkipReason = 'CIRCULAR_BOM' | 'CIRCULAR_REFILL' | 'UNKNOWN_ITEM' | 'NOTHING_TO_PLAN';

export interface SkippedItem {
  readonly item: string;
  readonly reason: SkipReason;
}

/** Nodes of a run: how many, and the names of the first 200. */
export interface RunNodes {
  readonly count: number;
  readonly nodes: readonly NodeName[];
}

/** The nodes whose net requirements a run could touch (DESIGN, working set). */
export interface RunWorkingSet {
  /** Those it began with. */
  readonly initial: RunNodes;
  /** Those that derived demand, supply set free or an explosion added. */
  readonly extended: RunNodes;
}

/** One committed run: a plan's next state, told as the difference to the last. */
export interface PlanRevision {
  readonly plan: string;
  readonly revision: number;
  readonly mode: RunMode | 'follow' | 'decision' | 'copy' | 'deletion';
  readonly day: PlanDay;
  /** The position up to which the plan has folded. */
  readonly tidemark: string;
  /** The place in the log that led to this revision, whatever the plan has folded of it. */
  readonly position: string;
  /** Counts the plan's revisions at this position, from 0. */
  readonly step: number;
  readonly nodes: readonly NodeDifference[];
  readonly findings: readonly RunFinding[];
  readonly counters: RunCounters;
  /** Nodes that the run began with. */
  readonly requested: number;
  /** Nodes whose coverage it made, those that it left unplanned among them. */
  readonly processed: number;
  /** Absent: a copy, a deletion, or a revision of before working sets were told. */
  readonly workingSet?: RunWorkingSet;
  readonly skipped: readonly SkippedItem[];
  /** Decisions that the run itself makes at its end (firming by fence, TF-3); to be recorded. */
  readonly decisions: readonly Decision[];
}
