import type { PlannerDesk } from '@tidemark/runtime';
import { Outage, StoreClosed } from '@tidemark/streams';

/** Told of a failure that ends the planning; what an outage explains may be asked again. */
export type OnFailure = (failure: unknown) => void;

/** Passes a failure on, having told of it if planning cannot go on after it. */
export function judge(onFailure: OnFailure): (failure: unknown) => never {
  return (failure) => {
    const passes = failure instanceof Outage && !failure.fatal;
    if (!passes && !(failure instanceof StoreClosed)) onFailure(failure);
    throw failure;
  };
}

/** A desk that tells of failures after which planning cannot go on. */
export function judgedDesk(desk: PlannerDesk, onFailure: OnFailure): PlannerDesk {
  const judged = judge(onFailure);
  return {
    command: (command, asking) => desk.command(command, asking).catch(judged),
    run: (request, asking) => desk.run(request, asking).catch(judged),
    copyPlan: (from, to, asking) => desk.copyPlan(from, to, asking).catch(judged),
    preview: (command) => desk.preview(command).catch(judged),
    findings: (plan) => desk.findings(plan).catch(judged),
    shortages: (plan, demands) => desk.shortages(plan, demands).catch(judged),
    promise: (request) => desk.promise(request).catch(judged),
    profile: (plan, item) => desk.profile(plan, item).catch(judged),
    folded: (position) => desk.folded(position).catch(judged),
  };
}
