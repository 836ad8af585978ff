// infra/down [<engine>] [--folder <folder>] [--remove]: stops what infra/up started there, by its
// process id; all engines, if none is named. --remove deletes the data too.
import { rmSync } from 'node:fs';
import { engines, fail, readArguments } from './engines.mjs';

const { names, folder, remove } = readArguments(process.argv.slice(2), { enginesWanted: false });
for (const name of names.length === 0 ? Object.keys(engines) : names) {
  try {
    const stopped = await engines[name].stop(folder, { remove });
    console.log(`${engines[name].title} ${stopped ? 'is down.' : 'was not running.'}`);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}
if (remove && names.length === 0) rmSync(folder, { recursive: true, force: true });
