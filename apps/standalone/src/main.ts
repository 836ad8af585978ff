import { createLog, type Logger } from '@tidemark/serving';
import { readConfiguration } from './configuration.js';
import { startStandalone, type Standalone } from './start-standalone.js';

const exitCodes = { stopped: 0, failed: 1, usedWrongly: 2 } as const;
const stopMs = 20_000;

async function main(): Promise<void> {
  const read = readConfiguration(process.env);
  if (!read.ok) {
    for (const line of read.failure) console.error(line);
    process.exit(exitCodes.usedWrongly);
  }
  const configuration = read.value;
  const log = createLog(configuration.logLevel);
  let running: Standalone | undefined;
  const endWith = (code: number): void => {
    void endProcess(running, { code, log });
  };
  const clock = { now: () => Date.now() };
  const onFailure = (failure: unknown): void => {
    console.error(`Tidemark stops: ${messageOf(failure)}`);
    endWith(exitCodes.failed);
  };
  try {
    running = await startStandalone({ configuration, log, clock, onFailure });
  } catch (failure) {
    log.fatal({ err: failure }, 'Tidemark could not start');
    console.error(`Tidemark could not start: ${messageOf(failure)}`);
    process.exit(exitCodes.failed);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => endWith(exitCodes.stopped));
  }
  await running.ready();
  greet(running, configuration.dataFolder);
}

/** Stops what runs, then ends the process; at once if stopping takes too long. */
async function endProcess(
  running: Standalone | undefined,
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

function greet({ address, exampleEvents }: Standalone, folder: string): void {
  if (exampleEvents > 0) {
    console.log(`Loaded the example factory: ${exampleEvents} events of company "example".`);
  }
  console.log(`Tidemark is up: open ${address}/ (data in ${folder})`);
  console.log(`The API: ${address}/openapi.json   Events: ${address}/asyncapi.json`);
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

await main();
