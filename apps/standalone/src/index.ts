export { readConfiguration, type Configuration } from './configuration.js';
export { createLog } from './log.js';
export { startStandalone, type Standalone, type StandaloneOptions } from './start-standalone.js';
export { exampleLines } from './house/example-factory.js';
