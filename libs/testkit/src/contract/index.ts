export * from './event-store-contract.js';
export * from './event-store-answers.js';
export * from './held-writers-contract.js';
export * from './read-model-store-contract.js';
export * from './snapshot-store-contract.js';
export { appended, idsOf, numbered, wholeLog } from './numbered-events.js';
export * from './event-store-faults.js';
