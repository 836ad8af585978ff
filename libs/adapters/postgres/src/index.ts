export * from './open-postgres.js';
export { PostgresRefused } from './options.js';
export type { PostgresOptions } from './options.js';
export * from './read-models/index.js';
