import { success, type Refusal, type Result } from '@tidemark/kernel';
import type {
  Decision,
  ParameterFinding,
  PlannerCommand,
  PlanView,
  PromiseAnswer,
  PromiseRequest,
  RequirementRow,
  RunRequest,
  ShortageRow,
} from '@tidemark/planning';
import { comparePositions, type EventStore, type Position } from '@tidemark/streams';
import type { AskedPlans, Asking, Settled } from './asking.js';
import { summaryOf, type RevisionSummary } from './revision-summary.js';
import type { CompanyPlanner } from './company-planner.js';

/** The requirements of an item with the entries laid over them that the plan has not folded. */
export interface OverlaidProfile {
  readonly revision: number;
  readonly tidemark: string;
  readonly rows: readonly RequirementRow[];
}

/** An answer and the state of the plan that it is of. */
export interface OfRevision<Answer> {
  readonly plan: string;
  readonly revision: number;
  readonly tidemark: string;
  readonly answer: Answer;
}

/** What a decision, a run or a copy came to; the lines of its revisions are read elsewhere. */
export interface DeskSettled {
  /** Everything that it recorded lies at or before this place. */
  readonly position: Position;
  /** The revisions that it led to, in order. */
  readonly revisions: readonly RevisionSummary[];
}

/**
 * All that readers and commands ask of the planner of a company, wherever it runs; everything else
 * is read from the read models.
 */
export interface PlannerDesk {
  command(command: PlannerCommand, asking: Asking): Promise<Result<DeskSettled, Refusal>>;
  run(request: RunRequest, asking: Asking): Promise<Result<DeskSettled, Refusal>>;
  copyPlan(from: string, to: string, asking: Asking): Promise<Result<DeskSettled, Refusal>>;
  /** What a command would record; nothing is (MO-18). Refused as the command would be. */
  preview(command: PlannerCommand): Promise<Result<readonly Decision[], Refusal>>;
  /** Settings of a plan that deserve a warning (section 20); undefined: no such plan. */
  findings(plan: string): Promise<OfRevision<readonly ParameterFinding[]> | undefined>;
  /** What these demands lack through all levels (MO-21); undefined: no such plan. */
  shortages(
    plan: string,
    demands: readonly string[],
  ): Promise<OfRevision<readonly ShortageRow[]> | undefined>;
  /** When a quantity can be had; the plan stays as it is (PR-4). */
  promise(request: PromiseRequest): Promise<Result<PromiseAnswer, Refusal>>;
  /** Requirements of an item with what is pending laid over (DU-2); undefined: no such plan. */
  profile(plan: string, item: string): Promise<OverlaidProfile | undefined>;
  /**
   * Sees to it that every plan has folded the inputs up to `position`.
   *
   * @returns the place at or before which all that this led to is published; undefined if the log
   * does not reach `position`.
   */
  folded(position: Position): Promise<Position | undefined>;
}

/** The desk of a planner in this process. */
export function createPlannerDesk(
  planner: CompanyPlanner,
  store: Pick<EventStore, 'head'>,
): PlannerDesk {
  return {
    command: async (command, asking) => told(await planner.command(command, asking)),
    run: async (request, asking) => told(await planner.run(request, asking)),
    copyPlan: async (from, to, asking) => told(await planner.copyPlan(from, to, asking)),
    preview: (command) => planner.ask((plans) => plans.decide(command)),
    findings: (plan) =>
      planner.ask((plans) => ofPlan(plans, plan, () => plans.checkParameters(plan))),
    shortages: (plan, demands) =>
      planner.ask((plans) => ofPlan(plans, plan, (view) => view.shortagesOf(demands))),
    promise: (request) => planner.ask((plans) => plans.promise(request)),
    profile: (plan, item) =>
      planner.ask((plans) => {
        const profile = ofPlan(plans, plan, (view) => view.profileOf(item));
        if (profile === undefined) return undefined;
        const { revision, tidemark, answer: rows } = profile;
        return { revision, tidemark, rows };
      }),
    async folded(position) {
      if (comparePositions(planner.position, position) < 0) await planner.catchUp();
      if (comparePositions(planner.position, position) < 0) return undefined;
      return store.head();
    },
  };
}

function told(outcome: Result<Settled, Refusal>): Result<DeskSettled, Refusal> {
  if (!outcome.ok) return outcome;
  const { position, revisions } = outcome.value;
  return success({ position, revisions: revisions.map(summaryOf) });
}

function ofPlan<Answer>(
  plans: AskedPlans,
  plan: string,
  look: (view: PlanView) => Answer,
): OfRevision<Answer> | undefined {
  const view = plans.planIds().includes(plan) ? plans.view(plan) : undefined;
  if (view === undefined) return undefined;
  const { revision, tidemark } = view;
  return { plan, revision, tidemark, answer: look(view) };
}
