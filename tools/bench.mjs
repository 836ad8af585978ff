// npm run bench -- [preset...]: times the planner on generated factories (see test/bench).
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
const { bench } = await import(pathToFileURL(join(rootDir, 'test', 'bench', 'bench.mjs')).href);
process.exitCode = await bench(process.argv.slice(2));
