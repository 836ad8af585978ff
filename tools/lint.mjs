// Lint, the form of the code, and our own checks.
//   node tools/lint.mjs [--room <folder>] [--fix]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checks } from './checks/all.mjs';
import { openWorkspace } from './checks/workspace.mjs';
import { projectEnv, projectNode, rootDir } from './project-node.mjs';
import { listRooms } from './rooms.mjs';

const roomFlag = process.argv.indexOf('--room');
const room = roomFlag < 0 ? undefined : process.argv[roomFlag + 1];
const fix = process.argv.includes('--fix');

Object.assign(process.env, projectEnv({ TSESTREE_SINGLE_RUN: 'true' }));
process.chdir(rootDir);

const formed = checkForm();
const findings = runChecks();
const lintErrors = await runEslint();
const formErrors = await formed;

for (const finding of findings) console.error(finding);
console.log(
  `Lint: ${lintErrors} errors; checks: ${findings.length} findings; form: ${formErrors} failures`,
);
process.exitCode = lintErrors + findings.length + formErrors > 0 ? 1 : 0;

function runChecks() {
  const workspace = openWorkspace();
  const found = checks.flatMap(({ name, check }) =>
    check(workspace).map((finding) => `${name}: ${finding}`),
  );
  return room === undefined ? found : found.filter((finding) => finding.includes(`${room}/`));
}

/** The boundary rule reads the graph from its cache and is silent without one: make it first. */
async function runEslint() {
  const { createProjectGraphAsync } = await import('@nx/devkit');
  const graph = await createProjectGraphAsync({ exitOnError: false });
  const missing = listRooms().filter(({ manifest }) => graph.nodes[manifest.name] === undefined);
  for (const { dir } of missing) console.error(`${dir}: is not in the Nx graph`);
  const { ESLint } = await import('eslint');
  const eslint = new ESLint({ cwd: rootDir, fix, errorOnUnmatchedPattern: false });
  const patterns =
    room === undefined ? ['libs', 'apps', 'test', 'tools', 'infra', '*.mjs'] : [room];
  const results = await eslint.lintFiles(patterns);
  if (fix) await ESLint.outputFixes(results);
  const text = await (await eslint.loadFormatter('stylish')).format(results);
  if (text !== '') console.error(text);
  const errors = results.reduce((sum, one) => sum + one.errorCount + one.warningCount, 0);
  return errors + missing.length;
}

/** Resolves to 0 when every file has the form Prettier gives it, else to 1. */
function checkForm() {
  const prettier = join(rootDir, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
  const scope = room ?? '{libs,apps,test,tools,infra}';
  const files = [`${scope}/**/*.{ts,mjs,cjs}`, ...(room === undefined ? ['*.mjs'] : [])];
  const cache = ['--cache', '--cache-location', join(rootDir, '.cache', 'prettier')];
  const mode = fix ? ['--write', '--log-level', 'warn'] : ['--check'];
  const child = spawn(
    projectNode,
    [prettier, ...mode, ...cache, '--no-error-on-unmatched-pattern', ...files],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0 ? 0 : 1)));
}
