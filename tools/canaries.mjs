// Runs the canaries: each plants a violation and sees the guard bite, and hears of a guard that
// has been switched off.
import { join } from 'node:path';
import { run } from 'node:test';
import { projectEnv, rootDir } from './project-node.mjs';
import { listFiles } from './rooms.mjs';

Object.assign(process.env, projectEnv());
process.chdir(rootDir);

const files = listFiles('tools/canaries').map((path) => join(rootDir, path));
const counts = { passed: 0, failed: 0, skipped: 0 };
for await (const { type, data } of run({ files, isolation: 'none' })) {
  const isSuite = data.details?.type === 'suite';
  if (type === 'test:pass' && !isSuite) counts[data.skip || data.todo ? 'skipped' : 'passed'] += 1;
  if (type === 'test:fail' && !isSuite) {
    counts.failed += 1;
    console.log(`✗ ${data.name}\n${data.details.error.cause?.stack ?? data.details.error.stack}`);
  }
}
if (counts.passed + counts.failed === 0) {
  console.log('No canary was found.');
  counts.failed = 1;
}
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
// A canary that did not end in time may have left something open.
process.exit(counts.failed > 0 ? 1 : 0);
