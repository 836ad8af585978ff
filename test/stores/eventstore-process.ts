import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

/** A server that the tests may kill. */
export interface KillableServer {
  readonly connection: string;
  /** Kills it without a warning and starts it again on the same port and data. */
  restart(): Promise<void>;
}

/**
 * The server of the folder that TIDEMARK_EVENTSTORE_KILL names (one that infra/up started there),
 * or undefined: a server that others use is left alone.
 */
export async function killableServer(): Promise<KillableServer | undefined> {
  const folder = process.env['TIDEMARK_EVENTSTORE_KILL'];
  if (folder === undefined) return undefined;
  let { url, pid } = await up(folder);
  return {
    connection: url,
    async restart() {
      process.kill(pid, 'SIGKILL');
      ({ url, pid } = await up(folder));
    },
  };
}

function up(folder: string): Promise<{ url: string; pid: number }> {
  const args = [join(root, 'infra', 'up.mjs'), 'eventstore', '--folder', folder, '--json'];
  const env = { ...process.env, TIDEMARK_EVENTSTORE: '' };
  return new Promise((done, failed) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      if (error === null) done(JSON.parse(stdout) as { url: string; pid: number });
      else failed(new Error(`infra/up eventstore failed: ${stderr}`));
    });
  });
}
