export { Dice } from './dice.js';
export { decisionWeights, histories, inputWeights } from './happening.js';
export type { Happening, HappeningKind, Weights } from './happening.js';
export { randomRun, type RunChoice } from './random-run.js';
export { randomWorld } from './random-world.js';
export { Story, type StandingOrder, type StandingPlan } from './story.js';
export { worlds } from './world-arbitrary.js';
