export * from './clock/index.js';
export * from './intake/index.js';
export * from './planner/index.js';
