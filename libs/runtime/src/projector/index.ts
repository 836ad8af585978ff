export * from './create-projector.js';
export { Projector, type BuildProgress, type ModelStatus } from './projector.js';
export { projectorWatchLimits } from './projector-watch.js';
export { StandingProjector, type StandingProjectorOptions } from './standing-projector.js';
