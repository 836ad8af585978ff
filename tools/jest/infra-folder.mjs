// Where the engines of one test run live: outside the repository, for a server that runs as another
// user must be able to come to its folder. Named by the process id of the run.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootDir } from '../project-node.mjs';

const prefix = 'tidemark-test-infra-';

export function infraFolderOf(pid) {
  return join(tmpdir(), `${prefix}${pid}`);
}

/** Stops the engines of a folder, and of the folders in it, and takes it away. */
export function removeInfra(folder) {
  if (!existsSync(folder)) return;
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter(holdsEngines)) {
    removeInfra(join(folder, name));
  }
  const args = [join(rootDir, 'infra', 'down.mjs'), '--folder', folder, '--remove'];
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Takes away what killed runs left. */
export function removeLeftInfra() {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length) : 0);
    if (pid > 0 && !isAlive(pid)) removeInfra(join(tmpdir(), name));
  }
}

/** A suite that kills its engine has one in a folder of its own. */
function holdsEngines(entry) {
  return entry.isDirectory() && existsSync(join(entry.parentPath, entry.name, 'postgres'));
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
