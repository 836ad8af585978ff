export { datasetImport } from './import/dataset/dataset-import.js';
export { readScenario } from './scenario/read-scenario.js';
export { runScenario, type PlanOutcome, type ScenarioOutcome } from './scenario/run-scenario.js';
