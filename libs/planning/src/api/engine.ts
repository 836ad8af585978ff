import type { PlanDay, Refusal, Result, StateExchange } from '@tidemark/kernel';
import type { Decision, MarkingImage, PlannerCommand } from './decisions.js';
import type { PastInput, PlanningInput } from './inputs.js';
import type { ParameterFinding } from './parameter-findings.js';
import type { PlanDefinition } from './plan-definition.js';
import type { NodeName, NodeRows, OrderRow, RequirementRow, ShortageRow } from './rows.js';
import type { PlanRevision, RunRequest } from './runs.js';
import type { RunTraceEvent, TraceStep } from './trace.js';

export interface PromiseRequest {
  readonly id: string;
  readonly item: string;
  readonly dimensions: NodeName['dimensions'];
  readonly quantity: number;
  readonly date: PlanDay;
  readonly method: 'ctp' | 'atp' | 'atpIssueMargin';
  readonly plan?: string;
}

export interface PromiseAnswer {
  readonly date: PlanDay;
  /** Whether what the promise rests on is kept for it, or open to whoever comes (PR-5). */
  readonly protection: 'protected' | 'unprotected';
}

/** What readers may ask of one plan as it stands after its last revision. */
export interface PlanView {
  readonly definition: PlanDefinition;
  readonly revision: number;
  readonly tidemark: string;
  readonly day: PlanDay;
  /** All nodes the plan knows, in planning order (NE-2), with their BOM level. */
  nodes(): readonly (NodeName & { readonly level: number })[];
  /** All rows of the nodes of one item, or of all items. */
  rowsOf(item?: string): readonly NodeRows[];
  order(id: string): OrderRow | undefined;
  /** The rules that made a planned order what it is, in their order, with values (TX-1). */
  traceOf(order: string): readonly TraceStep[];
  /** Entries of the item's journal (one a sequence number) that this plan has not folded. */
  pendingOf(item: string): number;
  /** Requirement rows with the pending entries laid over them, uncovered (DU-2). */
  profileOf(item: string): readonly RequirementRow[];
  /** All orders that must be completed for this demand (MO-20). */
  explosionOf(demand: string): readonly string[];
  /** All independent demands that hang on this order (MO-20). */
  dependentsOf(order: string): readonly string[];
  /** What these demands lack through all levels, by item (MO-21). */
  shortagesOf(demands: readonly string[]): readonly ShortageRow[];
  /** The markings of an issue, each with the quantity that it binds (NE-6). */
  markingsOf(issue: string): readonly MarkingImage[];
  /** The status that a reservation made here gives an issue; undefined: its source's counts. */
  reservationOf(issue: string): string | undefined;
  /** BOM level of a variant (LV-1). */
  levelOf(item: string, dimensions: NodeName['dimensions']): number;
}

export interface EngineOptions {
  readonly company?: string;
  /** Is told what every run does, while it is made (TX-1); absent: nothing is told. */
  readonly trace?: (event: RunTraceEvent) => void;
}

/**
 * The planning core of one company: folds inputs, plans, decides, answers. Synchronous, without
 * side effects; its owner appends what comes out and feeds what was appended.
 */
export interface PlanningEngine {
  /**
   * Goes through the whole state, to save it or to restore it into an engine that was given
   * nothing; yields where its owner may pause. To be called when every plan is followed to its end.
   */
  exchange(io: StateExchange): Generator<void, void, void>;
  /** What was recorded so far. A restored engine knows only what came since it was saved. */
  readonly past: { add(input: PastInput): void; recall(before: readonly PastInput[]): void };
  /** Folds one input that stands at `position` in the log. */
  apply(input: PlanningInput, position: string): void;
  /** Brings a plan with a continuity up to its inputs; undefined if that changes nothing. */
  follow(plan: string): PlanRevision | undefined;
  /** Numbers the plan's revisions on from one that an earlier process published. */
  resume(plan: string, revision: number): void;
  /**
   * What the fences of an exact plan decide when this day comes, to be recorded before anything
   * else is planned (TF-2, TF-3); asked before the day is applied. Empty: nothing to decide.
   */
  decideDay(plan: string, day: PlanDay): readonly Decision[];
  /**
   * Whether a run can be made, and of which plan on which day. Refused with UNKNOWN_PLAN,
   * NOT_ON_STATIC_PLAN, NOT_ON_EXACT_PLAN, UNKNOWN_ORDER, UNKNOWN_TRANSACTION.
   */
  checkRun(request: RunRequest): Result<{ readonly plan: string; readonly day: PlanDay }, Refusal>;
  /** Makes one run that stands at `position` in the log; refused like `checkRun`. */
  run(request: RunRequest, position: string): Result<PlanRevision, Refusal>;
  /** Turns a command into decisions, to be appended and then applied. Changes nothing. */
  decide(command: PlannerCommand): Result<readonly Decision[], Refusal>;
  /**
   * What exact plans that keep supply have to keep for demand confirmed since this was last
   * recorded (MO-19); asked when the inputs are folded. Empty: nothing to record.
   */
  decideConfirmed(): readonly Decision[];
  /** Why a copy cannot be made; undefined if it can. */
  checkCopy(from: string, to: string): Refusal | undefined;
  /** Puts a plan in the place of another, with all that it has folded (MO-9). */
  copyPlan(from: string, to: string, position: string): Result<PlanRevision, Refusal>;
  promise(request: PromiseRequest): Result<PromiseAnswer, Refusal>;
  /** The plans by id; the current dynamic and static one (PL-1). */
  planIds(): readonly string[];
  currentPlan(kind: 'dynamic' | 'static'): string;
  view(plan: string): PlanView | undefined;
  /**
   * The settings of a plan that deserve a warning (section 20), each with what its proposal would
   * change: planned on a copy, the plan stays as it is. Empty as well if there is no such plan.
   */
  checkParameters(plan: string): readonly ParameterFinding[];
}
