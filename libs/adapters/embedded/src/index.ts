export type { EmbeddedEventStore } from './embedded-event-store.js';
export { FolderRefused, formatNumber } from './folder.js';
export * from './open-embedded.js';
export * from './read-models/index.js';
export type { Verification } from './verify.js';
export { FolderInUse } from './writer-lock.js';
