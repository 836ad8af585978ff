export { readConfiguration, type Configuration } from './configuration.js';
export { startStandalone, type Standalone, type StandaloneOptions } from './start-standalone.js';
export { exampleLines } from './example/load-example.js';
