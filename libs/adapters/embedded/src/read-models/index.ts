export { openReadModelStore } from './embedded-read-model-store.js';
