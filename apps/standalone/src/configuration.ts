import type { Result } from '@tidemark/kernel';
import { logLevels, SettingsReader, type Environment, type LogLevel } from '@tidemark/serving';
import { resolve } from 'node:path';

/** What an installation may be told, and nothing else. */
export interface Configuration {
  /** Folder of the embedded stores; made if it is not there. */
  readonly dataFolder: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Whether the example factory is loaded when the log is empty. */
  readonly loadsExample: boolean;
  /** Events after which a state is saved again, at least. */
  readonly snapshotEvents: number;
}

const defaults = {
  TIDEMARK_DATA: '.tidemark/standalone',
  TIDEMARK_HOST: '127.0.0.1',
  TIDEMARK_PORT: '7400',
  TIDEMARK_LOG_LEVEL: 'info',
  TIDEMARK_EXAMPLE: 'load',
  TIDEMARK_SNAPSHOT_EVENTS: '20000',
} as const;

const snapshotEventsMax = 999_999_999;

/** Reads the environment; refused with one line for every wrong value. */
export function readConfiguration(
  environment: Environment,
): Result<Configuration, readonly string[]> {
  const read = new SettingsReader(environment, defaults);
  const folder = read.text('TIDEMARK_DATA');
  if (folder.includes('\u0000')) read.refuse('TIDEMARK_DATA', 'the path of a folder');
  const most = snapshotEventsMax;
  return read.settle({
    dataFolder: resolve(folder),
    host: read.host('TIDEMARK_HOST'),
    port: read.port('TIDEMARK_PORT'),
    logLevel: read.oneOf('TIDEMARK_LOG_LEVEL', logLevels),
    loadsExample: read.oneOf('TIDEMARK_EXAMPLE', ['load', 'none']) === 'load',
    snapshotEvents: read.wholeNumber('TIDEMARK_SNAPSHOT_EVENTS', { least: 1, most }),
  });
}
