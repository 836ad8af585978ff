// Starts the whole system in one process.
import { runApp } from './run-app.mjs';
import { stopWithNpm } from './stop-with-npm.mjs';

stopWithNpm();
await runApp('standalone', process.argv.slice(2));
