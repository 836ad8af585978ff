import type { Refusal, Result } from '@tidemark/kernel';
import type {
  PlannerCommand,
  PromiseAnswer,
  PromiseRequest,
  RequirementRow,
  RunRequest,
} from '@tidemark/planning';
import { comparePositions, type EventStore, type Position } from '@tidemark/streams';
import type { Asking, CompanyPlanner, Settled } from './company-planner.js';

/** The requirements of an item with the entries laid over them that the plan has not folded. */
export interface OverlaidProfile {
  readonly revision: number;
  readonly tidemark: string;
  readonly rows: readonly RequirementRow[];
}

/**
 * All that readers and commands ask of the planner of a company, wherever it runs; everything else
 * is read from the read models.
 */
export interface PlannerDesk {
  command(command: PlannerCommand, asking: Asking): Promise<Result<Settled, Refusal>>;
  run(request: RunRequest, asking: Asking): Promise<Result<Settled, Refusal>>;
  copyPlan(from: string, to: string, asking: Asking): Promise<Result<Settled, Refusal>>;
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
    command: (command, asking) => planner.command(command, asking),
    run: (request, asking) => planner.run(request, asking),
    copyPlan: (from, to, asking) => planner.copyPlan(from, to, asking),
    promise: (request) => planner.promise(request),
    // In the very turn that folding ended: nothing has begun to change the plan again.
    profile: (plan, item) =>
      planner.catchUp().then(() => {
        const view = planner.planIds().includes(plan) ? planner.view(plan) : undefined;
        if (view === undefined) return undefined;
        const { revision, tidemark } = view;
        return { revision, tidemark, rows: view.profileOf(item) };
      }),
    async folded(position) {
      if (comparePositions(planner.position, position) < 0) await planner.catchUp();
      if (comparePositions(planner.position, position) < 0) return undefined;
      return store.head();
    },
  };
}
