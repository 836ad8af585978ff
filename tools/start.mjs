import { runApp } from './run-app.mjs';

await runApp('standalone', process.argv.slice(2));
