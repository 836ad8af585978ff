// Says what failed, what was slow, and the totals in the form every step of `npm test` ends with.
import { relative } from 'node:path';
import { rootDir } from '../project-node.mjs';

const slowSuiteSeconds = 10;

export default class TotalsReporter {
  onTestResult(_test, result) {
    if (result.failureMessage) console.log(`✗ ${this.#pathOf(result)}\n${result.failureMessage}`);
    const seconds = (result.perfStats.end - result.perfStats.start) / 1000;
    if (seconds > slowSuiteSeconds) console.log(`${this.#pathOf(result)}: ${seconds.toFixed(1)} s`);
  }

  onRunComplete(_contexts, results) {
    // A suite that did not load has no tests to count: it is one failure itself.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    console.log(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);
  }

  #pathOf(result) {
    return relative(rootDir, result.testFilePath);
  }
}
