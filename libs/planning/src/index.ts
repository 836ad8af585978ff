export * from './api/index.js';
export { chosenPlan } from './engine/chosen-plan.js';
export { createPlanningEngine } from './engine/planning-engine.js';
