// npm run spec -- <pattern> [jest options]: runs the specs whose path matches.
import { spawnSync } from 'node:child_process';
import { jestArguments } from './jest/arguments.mjs';
import { projectEnv, projectNode, rootDir } from './project-node.mjs';

const args = jestArguments(process.argv.slice(2));
const { status } = spawnSync(projectNode, args, {
  cwd: rootDir,
  stdio: 'inherit',
  env: projectEnv(),
});
process.exitCode = status ?? 1;
