// node tools/with-node24.mjs <script> [args]: runs a script under the project's own Node.
import { resolve } from 'node:path';
import { runUnderProjectNode } from './project-node.mjs';

const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  console.error('Usage: node tools/with-node24.mjs <script> [arguments]');
  process.exit(1);
}
await runUnderProjectNode(resolve(script), args);
