// What the engines have in common: their processes, their ports, what is missing.
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const lookMs = 50;

/** An engine cannot be started here; the message says what is missing and how to get it. */
export class EngineMissing extends Error {
  name = 'EngineMissing';
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Ends a process by one signal after the other, each given `ms` to work. */
export async function endProcess(pid, { title, signals, ms }) {
  for (const signal of signals) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
    const until = performance.now() + ms;
    while (performance.now() < until) {
      if (!isAlive(pid)) return;
      await sleep(lookMs);
    }
  }
  throw new Error(`${title} (process ${pid}) does not end.`);
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
