export { CompanyPlanner, type Asking, type Settled } from './company-planner.js';
export * from './create-planner.js';
export { PlannerReplaced } from './planner-log.js';
export * from './choose-current.js';
