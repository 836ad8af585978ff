import { runApp } from './run-app.mjs';

await runApp('admin', process.argv.slice(2));
