// Finds the Node the project is pinned to (the npm package `node`) and runs scripts under it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { constants } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const rootDir = dirname(dirname(fileURLToPath(import.meta.url)));

const nodePackageDir = join(rootDir, 'node_modules', 'node');
const executable = process.platform === 'win32' ? 'node.exe' : 'node';
export const projectNode = join(nodePackageDir, 'bin', executable);

/** The environment every script of the project runs in: its own binaries first, no daemon. */
export function projectEnv(extra = {}) {
  const binDir = join(rootDir, 'node_modules', '.bin');
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => entry !== binDir);
  return {
    ...process.env,
    PATH: [binDir, ...path].join(delimiter),
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    ...extra,
  };
}

/** Runs a script under the project's Node: in this process if it is that Node, else in a child. */
export async function runUnderProjectNode(script, args) {
  if (!existsSync(projectNode)) {
    console.error('The project\'s own Node is not installed. Run "npm ci" first.');
    process.exit(1);
  }
  if (process.version === `v${pinnedVersion()}`) {
    Object.assign(process.env, projectEnv());
    process.argv = [process.execPath, script, ...args];
    await import(pathToFileURL(script).href);
    return;
  }
  await becomeChild(spawn(projectNode, [script, ...args], { stdio: 'inherit', env: projectEnv() }));
}

function pinnedVersion() {
  return JSON.parse(readFileSync(join(nodePackageDir, 'package.json'), 'utf8')).version;
}

/** Passes signals to the child, and ends as the child ended: same code or same signal. */
async function becomeChild(child) {
  // A terminal sends Ctrl-C to the whole process group: the child has it already.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !atTerminal) child.kill(signal);
    });
  }
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (...ending) => resolve(ending));
  });
  if (signal === null) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Only signals that cannot end this process reach here.
  setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
}
