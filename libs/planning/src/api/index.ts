export * from './decisions.js';
export * from './engine.js';
export * from './inputs.js';
export * from './line-keys.js';
export * from './parameter-findings.js';
export * from './plan-definition.js';
export * from './rows.js';
export * from './runs.js';
