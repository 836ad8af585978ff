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

export interface WriterOrder {
  readonly folder: string;
  readonly seed: number;
  readonly snapshots: boolean;
}

/** A running `append-numbers.mjs`. */
export interface RunningWriter {
  readonly pid: number;
  /** What it says, line by line, until it is dead; what it said before is read to the end. */
  readonly lines: AsyncIterable<string>;
  kill(): void;
  /** @throws Error if it did not end by SIGKILL. */
  ended(): Promise<void>;
}

export function startWriter({ folder, seed, snapshots }: WriterOrder): RunningWriter {
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
  return {
    pid: child.pid ?? 0,
    lines: createInterface(child.stdout),
    kill: () => void child.kill('SIGKILL'),
    async ended() {
      const signal = await closed;
      if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself: ${stderr}`);
    },
  };
}

/**
 * Lets a writer append and kills it with SIGKILL after so many acknowledged appends; after none,
 * while it opens the folder.
 */
export async function killWriter(order: WriterOrder, appendsMax: number): Promise<Testament> {
  const writer = startWriter(order);
  const acknowledged = new Map<string, number>();
  let appends = 0;
  let snapshot: string | undefined;
  for await (const line of writer.lines) {
    const [word = '', first = '', last] = line.split(' ');
    if (word === 'snapshot') snapshot = first;
    if (last !== undefined) {
      acknowledged.set(word, Math.max(Number(last), acknowledged.get(word) ?? -1));
      appends += 1;
    }
    if (line !== 'opened' && appends >= appendsMax) writer.kill();
  }
  await writer.ended();
  return { acknowledged, appends, snapshot };
}
