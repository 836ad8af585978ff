export { FolderInUse, FolderRefused } from '@tidemark/embedded';
export { PostgresRefused } from '@tidemark/postgres';
export * from './address.js';
export * from './check-log.js';
export * from './deployed-read-models.js';
export * from './open-log.js';
