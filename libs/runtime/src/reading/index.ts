export * from './company-reader.js';
export type { ListPage } from './pages.js';
export { planListNames, planLists, type PlanListName } from './plan-lists.js';
export { PlanMoment, type PlanPage, type PlanStand } from './plan-moment.js';
export * from './read-models.js';
export { readingRefusals } from './reading-refusals.js';
export { withinTime } from './within-time.js';
