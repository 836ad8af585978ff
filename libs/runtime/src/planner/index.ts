export type { AskedPlans, Asking, Settled } from './asking.js';
export { CompanyPlanner } from './company-planner.js';
export * from './create-planner.js';
export { lastCommit } from './last-commit.js';
export * from './plan-fold.js';
export { PlannerReplaced } from './fence.js';
export { leaseLimits, PlannerLease, readHolder, type Holder, type LeaseOptions } from './lease.js';
export * from './choose-current.js';
export * from './planner-desk.js';
