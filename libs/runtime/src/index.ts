export * from './clock/index.js';
export * from './intake/index.js';
export * from './move/index.js';
export * from './planner/index.js';
export * from './projector/index.js';
export * from './reading/index.js';
export * from './snapshots/index.js';
