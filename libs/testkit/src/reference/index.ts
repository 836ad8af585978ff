export { regenerate, type Regeneration } from './regenerate.js';
export type * from './world.js';
export { nodeOf, type PlanNode } from './nodes.js';
export { decimalOf, textOfDay, type Amount, type Day } from './values.js';
