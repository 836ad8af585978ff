export { ReferencePlanner, regenerate, type PlanReading, type StockOfNode } from './planner.js';
export type * from './world.js';
export type * from './steps.js';
export { nodeOf, type PlanNode } from './nodes.js';
export { decimalOf, textOfDay, type Amount, type Day } from './values.js';
