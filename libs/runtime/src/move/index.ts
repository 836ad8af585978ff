export { moveLog, type Moved, type MoveOptions } from './move-log.js';
export { MoveRefused } from './moved-places.js';
