// npm test: every step in order, each with its duration, then the totals alone on the last line.
// Further steps stand in tools/test-steps.json: { "name", "command", "timeoutSeconds" }; the
// output of such a step ends with a line `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jestArguments } from './jest/arguments.mjs';
import { infraFolderOf, removeInfra } from './jest/infra-folder.mjs';
import { projectEnv, projectNode, rootDir } from './project-node.mjs';

const totalsLine = /^(\d+) passed, (\d+) failed, (\d+) skipped$/;
const timeoutSecondsDefault = 600;
/** Specs that hang are ended; the whole then still ends within 25 minutes on two cores. */
const specsTimeoutSeconds = 960;
const leftoverMilliseconds = 2000;
// Steps that need an engine start it there; it is stopped at the end, however that comes.
const infraFolder = infraFolderOf(process.pid);

const node = (name, ...args) => ({ name, file: projectNode, args });

const ownSteps = [
  { ...node('typecheck', 'tools/typecheck.mjs'), countsItself: false },
  { ...node('lint and checks', 'tools/lint.mjs'), countsItself: false },
  { ...node('canaries', 'tools/canaries.mjs'), countsItself: true },
  { ...node('build', 'tools/build.mjs'), countsItself: false },
  {
    ...node('specs', ...jestArguments(['--reporters', './tools/jest/totals-reporter.mjs'])),
    countsItself: true,
    timeoutSeconds: specsTimeoutSeconds,
  },
];

const furtherSteps = JSON.parse(
  readFileSync(join(rootDir, 'tools', 'test-steps.json'), 'utf8'),
).map((step) => ({ ...step, file: 'bash', args: ['-c', step.command], countsItself: true }));

const totals = { passed: 0, failed: 0, skipped: 0 };
for (const step of [...ownSteps, ...furtherSteps]) {
  const startedAt = performance.now();
  process.stdout.write(`▸ ${step.name}\n`);
  const outcome = await runStep(step);
  const counts = countsOf(step, outcome);
  if (counts.failed > 0) process.stdout.write(outcome.output.replace(/\n?$/, '\n'));
  else process.stdout.write(skipReasonsIn(outcome.output));
  if (outcome.remark !== '') process.stdout.write(`  ${step.name} ${outcome.remark}\n`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const { passed, failed, skipped } = counts;
  const figures = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  process.stdout.write(`  ${failed > 0 ? '✗' : '✓'} ${step.name}: ${figures} (${seconds} s)\n`);
  for (const key of Object.keys(totals)) totals[key] += counts[key];
}
removeInfra(infraFolder);
process.exitCode = totals.failed > 0 ? 1 : 0;
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);

/**
 * Runs a step in a process group of its own, so that a step that hangs ends with all it
 * started.
 */
function runStep({ file, args, timeoutSeconds = timeoutSecondsDefault }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: rootDir,
      env: projectEnv({
        FORCE_COLOR: '0',
        CI: process.env.CI ?? '',
        TIDEMARK_TEST_INFRA: infraFolder,
      }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    let remark = '';
    const end = (signal) => endGroup(child, signal);
    const passOn = (signal) => {
      end(signal);
      removeInfra(infraFolder);
      process.exit(1);
    };
    const timer = setTimeout(() => {
      remark = `did not end within ${timeoutSeconds} s`;
      end('SIGKILL');
    }, timeoutSeconds * 1000);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, passOn);
    const collect = (chunk) => void (output += chunk);
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const finish = (code, signal) => {
      clearTimeout(timer);
      for (const one of ['SIGINT', 'SIGTERM']) process.removeListener(one, passOn);
      if (remark === '' && signal !== null) remark = `ended by ${signal}`;
      resolve({ code: code ?? 1, output, remark });
    };
    child.once('error', (error) => finish(1, String(error)));
    // What a step leaves running does not outlive it, nor keep its output open.
    child.once('exit', () => setTimeout(() => end('SIGKILL'), leftoverMilliseconds).unref());
    child.once('close', finish);
  });
}

/** Why something was skipped: lines such as `PostgreSQL: skipped, …`, each once. */
function skipReasonsIn(output) {
  const reasons = new Set(output.split('\n').filter((line) => /^[^:]{1,60}: skipped, /.test(line)));
  return [...reasons].map((reason) => `  ${reason}\n`).join('');
}

function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** A step that ends badly has failed at least once, whatever it counted. */
function countsOf({ countsItself }, { code, output, remark }) {
  const crashed = code !== 0 || remark !== '';
  if (!countsItself) return { passed: crashed ? 0 : 1, failed: crashed ? 1 : 0, skipped: 0 };
  const match = totalsLine.exec(output.trimEnd().split('\n').at(-1).trim());
  if (match === null) return { passed: 0, failed: 1, skipped: 0 };
  const [passed, failed, skipped] = match.slice(1).map(Number);
  return { passed, failed: crashed ? Math.max(failed, 1) : failed, skipped };
}
