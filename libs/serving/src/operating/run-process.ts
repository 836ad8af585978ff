import type { Result } from '@tidemark/kernel';
import { createLog, type Logger, type LogLevel } from './log.js';
import { countColumnsInHeapLimit } from './memory-settings.js';
import type { Environment } from './settings-reader.js';

/** What runs in a process until it is stopped. */
export interface Running {
  /** Ends what is begun and closes everything. May be repeated. */
  stop(): Promise<void>;
}

/** What whatever runs is given. */
export interface RunOptions<Settings> {
  readonly configuration: Settings;
  readonly log: Logger;
  readonly clock: { now(): number };
  /** Told when the process cannot go on: it is stopped and ends with a failure. */
  readonly onFailure: (failure: unknown) => void;
}

export interface ProcessWork<Settings, Work extends Running> {
  /** As messages name it. */
  readonly name: string;
  /** The role in each line of its log. */
  readonly role?: string;
  readonly read: (environment: Environment) => Result<Settings, readonly string[]>;
  readonly start: (options: RunOptions<Settings>) => Promise<Work>;
  /** Says on the console that it is there. */
  readonly greet: (running: Work, settings: Settings) => Promise<void> | void;
}

const exitCodes = { stopped: 0, failed: 1, usedWrongly: 2 } as const;
const stopMs = 20_000;

/** The life of a process: reads its environment, starts its work, ends it on a signal. */
export async function runProcess<
  Settings extends { readonly logLevel: LogLevel },
  Work extends Running,
>(work: ProcessWork<Settings, Work>): Promise<void> {
  const { name, role, read, start, greet } = work;
  countColumnsInHeapLimit();
  const settings = read(process.env);
  if (!settings.ok) {
    for (const line of settings.failure) console.error(line);
    process.exit(exitCodes.usedWrongly);
  }
  const configuration = settings.value;
  const log = createLog(configuration.logLevel, role);
  let running: Work | undefined;
  const endWith = (code: number): void => {
    void endProcess(running, { code, log });
  };
  const clock = { now: () => Date.now() };
  const onFailure = (failure: unknown): void => {
    console.error(`${name} stops: ${messageOf(failure)}`);
    endWith(exitCodes.failed);
  };
  try {
    running = await start({ configuration, log, clock, onFailure });
  } catch (failure) {
    log.fatal({ err: failure }, `${name} could not start`);
    console.error(`${name} could not start: ${messageOf(failure)}`);
    process.exit(exitCodes.failed);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => endWith(exitCodes.stopped));
  }
  await greet(running, configuration);
}

/** Stops what runs, then ends the process; at once if stopping takes too long. */
async function endProcess(
  running: Running | undefined,
  { code, log }: { readonly code: number; readonly log: Logger },
): Promise<void> {
  const tooLong = setTimeout(() => {
    log.error({ stopMs }, 'Stopping took too long');
    process.exit(exitCodes.failed);
  }, stopMs);
  try {
    await running?.stop();
  } catch (failure) {
    log.error({ err: failure }, 'Stopping failed');
    process.exit(exitCodes.failed);
  }
  clearTimeout(tooLong);
  log.info('Stopped');
  process.exit(code);
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

/** Calls once, however often it is asked. */
export function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= act());
}
