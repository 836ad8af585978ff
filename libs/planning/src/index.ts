export * from './api/index.js';
export { createPlanningEngine } from './engine/planning-engine.js';
