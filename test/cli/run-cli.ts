import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What a command left behind. */
export interface CliOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A test starts several processes, on a machine that may be busy with others. */
const testMilliseconds = 300_000;
jest.setTimeout(testMilliseconds);

export const root = resolve(import.meta.dirname, '..', '..');

/** Runs the built command line as its users do, in a process of its own. */
export async function runCli(args: readonly string[], cwd = root): Promise<CliOutcome> {
  const child = spawn(process.execPath, [join(root, 'tools', 'tidemark.mjs'), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (stderr += text));
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', done);
  });
  return { code, stdout, stderr };
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
