export { openEventStoreDb } from './open-eventstore.js';
export type { EventStoreDbOptions } from './open-eventstore.js';
export type { Patience } from './bounds.js';
