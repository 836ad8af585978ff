import { execFileSync, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export type Json = Readonly<Record<string, unknown>>;

const root = resolve(import.meta.dirname, '..', '..');

/** Brings up to date what the processes run. */
export function buildService(): void {
  execFileSync(process.execPath, [join(root, 'tools', 'build.mjs')]);
}

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** The service died before it had answered. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

export interface AppStart {
  /** Name of the application. */
  readonly app: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What it prints when it is ready, with its address. */
  readonly up: RegExp;
}

/** An application in a process of its own, and a caller of its API. */
export class AppProcess {
  /** Where it listens, as soon as it does; undefined if it died before. */
  readonly listening: Promise<string | undefined>;
  /** The same, once it says that it is up. */
  readonly ready: Promise<string | undefined>;
  /** What it logged, one JSON object a line. */
  readonly log: string[] = [];
  readonly #child;
  readonly #ended: Promise<number | NodeJS.Signals>;

  constructor({ app, environment, up }: AppStart) {
    const main = join(root, 'apps', app, 'dist', 'main.js');
    this.#child = spawn(process.execPath, [main], {
      env: {
        PATH: process.env['PATH'],
        TIDEMARK_PORT: '0',
        NODE_COMPILE_CACHE: join(root, '.cache', 'compiled'),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = new Promise((done, failed) => {
      this.#child.once('error', failed);
      this.#child.once('close', (code, signal) => done(signal ?? code ?? 0));
    });
    this.ready = firstMatch(this.#child.stdout, up);
    this.listening = firstMatch(this.#child.stderr, /"address":"(http:[^"]+)"/, this.log);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Stops it where it stands, as a machine that swaps or a host that is moved does. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  /** It goes on as if nothing had been. */
  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  /** @throws Error if it ended otherwise. */
  async ended(how: number | NodeJS.Signals): Promise<void> {
    const ending = await this.#ended;
    if (ending === how) return;
    throw new Error(`The service ended with ${ending}, not ${how}: ${this.log.join('\n')}`);
  }

  /** Ends it as an operator does. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.ended(0);
  }

  async address(): Promise<string> {
    const address = await this.ready;
    if (address === undefined) throw new Error(`It did not start: ${this.log.join('\n')}`);
    return address;
  }

  /** @throws NoAnswer when the service dies before it has answered. */
  async call<Body = Json>(path: string, body?: unknown): Promise<Answer<Body>> {
    const address = await this.address();
    const headers = { 'content-type': 'application/json' };
    const post = { method: 'POST', headers, body: JSON.stringify(body) };
    const answered = fetch(`${address}${path}`, body === undefined ? {} : post);
    const read = answered.then(async (response) => {
      return { status: response.status, text: await response.text() };
    });
    const { status, text } = await read.catch((cause: unknown) => {
      throw new NoAnswer(path, { cause });
    });
    return { status, body: JSON.parse(text) as Body };
  }
}

/** What the pattern catches in the first line that it fits; the lines are read to their end. */
function firstMatch(
  stream: NodeJS.ReadableStream,
  pattern: RegExp,
  kept: string[] = [],
): Promise<string | undefined> {
  const lines = createInterface(stream);
  return new Promise((done) => {
    lines.on('line', (line) => {
      kept.push(line);
      const found = pattern.exec(line)?.[1];
      if (found !== undefined) done(found);
    });
    lines.once('close', () => done(undefined));
  });
}
