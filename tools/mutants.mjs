// Plants faults in a copy of the core, one after the other, and runs on each the law that must see
// it: a fault that passes there fails here. Usage: node tools/mutants.mjs [part of a fault's name]
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { jestArguments } from './jest/arguments.mjs';
import { modeFaults } from './mutants/mode-faults.mjs';
import { plantedFaults } from './mutants/planted-faults.mjs';
import { projectEnv, projectNode, rootDir } from './project-node.mjs';
import { listRooms } from './rooms.mjs';

/** Enough random worlds and histories to meet every planted fault; the seed is fixed. */
const effort = { TIDEMARK_SEED: '1', TIDEMARK_SHRINK: 'no' };
const worldsUsual = 60;
/** Each of the modes tries as many, twice. */
const worldsOf = { modes: 12 };
const copied = ['libs', 'apps', 'test', 'tools', 'infra', 'jest.config.mjs', 'package.json'];
const leftOut = new Set(['node_modules', 'dist', 'data', 'scenarios']);

const wanted = process.argv[2] ?? '';
const faults = [...plantedFaults, ...modeFaults].filter(({ name }) => name.includes(wanted));
const copy = copyProject();
const counts = { passed: 0, failed: 0 };
try {
  for (const law of new Set(faults.map((fault) => fault.law))) {
    tell(`the core as it is passes ${law}`, lawHolds(law));
  }
  for (const fault of faults) tell(`seen by ${fault.law}: ${fault.name}`, isSeen(fault));
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed, 0 skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;

function tell(what, holds) {
  counts[holds ? 'passed' : 'failed'] += 1;
  console.log(`${holds ? '✓' : '✗'} ${what}`);
}

function isSeen({ law, tests, file, from, to }) {
  const path = join(copy, file);
  const sound = readFileSync(path, 'utf8');
  if (sound.split(from).length !== 2) {
    console.log(`  ${file} does not hold exactly once: ${from}`);
    return false;
  }
  writeFileSync(
    path,
    sound.replace(from, () => to),
  );
  try {
    return !lawHolds(law, tests);
  } finally {
    writeFileSync(path, sound);
  }
}

/** `tests`: a part of the names of the tests that must see it; absent: all of the law's. */
function lawHolds(law, tests) {
  const spec = `test/laws/${law}.spec`;
  const some = tests === undefined ? [] : ['-t', tests];
  const worlds = String(worldsOf[law] ?? worldsUsual);
  const { status } = spawnSync(projectNode, jestArguments([spec, '--bail', '--silent', ...some]), {
    cwd: copy,
    env: { ...projectEnv(), ...effort, TIDEMARK_WORLDS: worlds },
    stdio: 'ignore',
  });
  return status === 0;
}

/** Sources of the project in a folder of their own; packages from outside are shared. */
function copyProject() {
  const target = mkdtempSync(join(tmpdir(), 'tidemark-mutants-'));
  for (const name of copied) {
    cpSync(join(rootDir, name), join(target, name), {
      recursive: true,
      filter: (path) => !leftOut.has(basename(path)),
    });
  }
  const packages = join(target, 'node_modules');
  mkdirSync(join(packages, '@tidemark'), { recursive: true });
  for (const name of readdirSync(join(rootDir, 'node_modules'))) {
    if (name === '@tidemark') continue;
    symlinkSync(join(rootDir, 'node_modules', name), join(packages, name));
  }
  for (const { name, dir } of listRooms()) {
    symlinkSync(join(target, dir), join(packages, '@tidemark', name));
  }
  return target;
}
