// npm run role -- intake|planner|projector|api: starts one role of an installation.
import { runApp } from './run-app.mjs';
import { stopWithNpm } from './stop-with-npm.mjs';

const roles = ['intake', 'planner', 'projector', 'api'];
const exitUsedWrongly = 2;

const [role, ...args] = process.argv.slice(2);
if (!roles.includes(role)) {
  console.error(`Usage: npm run role -- ${roles.join('|')}`);
  console.error('  TIDEMARK_DATA=postgres://…  the log; see docs/operations.md for the rest');
  process.exit(exitUsedWrongly);
}
stopWithNpm();
await runApp(role, args);
