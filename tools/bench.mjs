// npm run bench -- [preset...]: times the planner on generated factories (see test/bench).
// npm run bench -- stores: rates of the stores beside their bare clients.
import { registerHooks } from 'node:module';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildAll } from './build.mjs';
import { rootDir } from './project-node.mjs';

const { failures } = await buildAll();
if (failures.length > 0) {
  for (const failure of failures) console.error(failure);
  process.exit(1);
}
// The benchmarks share TypeScript helpers with the specs; Node strips the types itself.
registerHooks({
  resolve(specifier, context, next) {
    const own = specifier.startsWith('.') && specifier.endsWith('.js');
    if (own && context.parentURL !== undefined) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (existsSync(fileURLToPath(source))) return next(source.href, context);
    }
    return next(specifier, context);
  },
});
const partOf = (name) => import(pathToFileURL(join(rootDir, 'test', 'bench', name)).href);
const args = process.argv.slice(2);
if (args[0] === 'stores') {
  const { benchStores } = await partOf('stores.mjs');
  process.exitCode = await benchStores(args.slice(1));
} else {
  const { bench } = await partOf('bench.mjs');
  process.exitCode = await bench(args);
}
