// Starts the whole system in one process.
import { clearInterval, setInterval } from 'node:timers';
import { runApp } from './run-app.mjs';

const lookMs = 500;

// The shell that npm starts us in does not pass signals on: when it is gone, npm was told to stop.
if (process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32') {
  const shell = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(looking);
    process.kill(process.pid, 'SIGTERM');
  }, lookMs);
  looking.unref();
}

await runApp('standalone', process.argv.slice(2));
