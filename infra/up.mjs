// infra/up <engine> [--folder <folder>] [--json]: starts an engine on loopback, on a free port, in
// a folder of its own, and prints where it is. Called again it says where the running one is.
// Exit code 3: the engine is not installed and cannot be; the message says how to get it.
import { engines, fail, isMissing, readArguments } from './engines.mjs';

const exitMissing = 3;

const { names, folder, json } = readArguments(process.argv.slice(2), { enginesWanted: true });
for (const name of names) {
  try {
    const running = await engines[name].start(folder);
    if (json) console.log(JSON.stringify(running));
    else tell(name, running);
  } catch (error) {
    if (!isMissing(error)) fail(error instanceof Error ? error.message : String(error));
    console.error(error.message);
    process.exitCode = exitMissing;
  }
}

function tell(name, { title, url, pid, dataDir, already }) {
  if (pid === undefined) {
    console.log(`${title} is that of the environment: ${url}`);
    return;
  }
  console.log(`${title} ${already ? 'was already' : 'is'} up: ${url} (process ${pid})`);
  console.log(`Data in ${dataDir}. Stop it: infra/down ${name}`);
}
