// The shell that npm starts us in does not pass signals on: when it is gone, npm was told to stop.
import { clearInterval, setInterval } from 'node:timers';

const lookMs = 500;

export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const shell = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(looking);
    process.kill(process.pid, 'SIGTERM');
  }, lookMs);
  looking.unref();
}
