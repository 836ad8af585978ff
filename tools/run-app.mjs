// Builds what is stale, then runs an application's main module in this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildAll } from './build.mjs';
import { rootDir } from './project-node.mjs';

export async function runApp(name, args) {
  const { failures } = await buildAll();
  if (failures.length > 0) {
    for (const failure of failures) console.error(failure);
    process.exit(1);
  }
  const main = join(rootDir, 'apps', name, 'dist', 'main.js');
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, main, ...args];
  await import(pathToFileURL(main).href);
}
