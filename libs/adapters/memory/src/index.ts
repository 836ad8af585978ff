export * from './memory-event-store.js';
export * from './memory-snapshot-store.js';
