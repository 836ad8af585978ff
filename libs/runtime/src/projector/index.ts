export * from './create-projector.js';
export { Projector, type BuildProgress, type ModelStatus } from './projector.js';
