export { programNumber } from './program-number.js';
export { type SnapshotNews, type SnapshotOptions } from './snapshots.js';
