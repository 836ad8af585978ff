export type * from './answer.js';
export { answerLimits } from './answer.js';
export * from './create-intake.js';
export { intakeLimits } from './limits.js';
