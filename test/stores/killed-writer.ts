import { execFileSync, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '..', '..');

/** Brings up to date what the writing process runs. */
export function buildStores(): void {
  for (const room of ['libs/kernel', 'libs/streams', 'libs/adapters/embedded']) {
    execFileSync(process.execPath, [join(root, 'tools', 'build.mjs'), '--room', room]);
  }
}

/** What a writer had said when it was dead. */
export interface Testament {
  /** Last number per stream that was acknowledged. */
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly appends: number;
  /** Position of the last snapshot that was acknowledged. */
  readonly snapshot: string | undefined;
}

export interface Sentence {
  readonly folder: string;
  readonly seed: number;
  readonly snapshots: boolean;
  /** Kills after so many acknowledged appends; 0: while the folder is being opened. */
  readonly appends: number;
}

/**
 * Lets `append-numbers.mjs` write and kills it with SIGKILL.
 *
 * @throws Error if it ended in any other way.
 */
export async function killWriter(sentence: Sentence): Promise<Testament> {
  const { folder, seed, snapshots, appends: appendsMax } = sentence;
  const script = join(root, 'test', 'stores', 'append-numbers.mjs');
  const args = ['--disable-warning=ExperimentalWarning', script, folder, String(seed)];
  const child = spawn(process.execPath, [...args, snapshots ? 'yes' : 'no'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<NodeJS.Signals | null>((done, failed) => {
    child.once('error', failed);
    child.once('close', (_, signal) => done(signal));
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (stderr += text));
  const acknowledged = new Map<string, number>();
  let appends = 0;
  let snapshot: string | undefined;
  // What it said before it died is read to the end, also what came after the decision to kill it.
  for await (const line of createInterface(child.stdout)) {
    const [word = '', first = '', last] = line.split(' ');
    if (word === 'snapshot') snapshot = first;
    if (last !== undefined) {
      acknowledged.set(word, Math.max(Number(last), acknowledged.get(word) ?? -1));
      appends += 1;
    }
    if (line !== 'opened' && appends >= appendsMax) child.kill('SIGKILL');
  }
  const signal = await closed;
  if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself (${signal}): ${stderr}`);
  return { acknowledged, appends, snapshot };
}
