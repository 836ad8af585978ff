export { openPostgresReadModels } from './postgres-read-model-store.js';
