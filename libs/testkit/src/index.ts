export * from './contract/index.js';
export * from './faults/index.js';
export * from './reference/index.js';
export * from './worlds/index.js';
