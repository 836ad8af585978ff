import { failed, success, type Result } from '@tidemark/kernel';
import { logLevels, type LogLevel } from '@tidemark/serving';
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

export const defaults = {
  TIDEMARK_DATA: '.tidemark/standalone',
  TIDEMARK_HOST: '127.0.0.1',
  TIDEMARK_PORT: '7400',
  TIDEMARK_LOG_LEVEL: 'info',
  TIDEMARK_EXAMPLE: 'load',
  TIDEMARK_SNAPSHOT_EVENTS: '20000',
} as const;

type Name = keyof typeof defaults;
type Environment = Readonly<Record<string, string | undefined>>;

const portMax = 65_535;

/** Reads the environment; refused with one line for every wrong value. */
export function readConfiguration(
  environment: Environment,
): Result<Configuration, readonly string[]> {
  const wrong: string[] = [];
  const textOf = (name: Name): string => {
    const given = environment[name];
    return given === undefined || given === '' ? defaults[name] : given;
  };
  const refuse = (name: Name, wanted: string): void => {
    wrong.push(`${name} is ${JSON.stringify(textOf(name))}: give ${wanted}.`);
  };
  for (const name of Object.keys(environment)) {
    if (name.startsWith('TIDEMARK_') && !Object.hasOwn(defaults, name)) {
      wrong.push(`${name} is not known: it is none of ${Object.keys(defaults).join(', ')}.`);
    }
  }
  const port = Number(textOf('TIDEMARK_PORT'));
  if (!/^\d{1,5}$/.test(textOf('TIDEMARK_PORT')) || port > portMax) {
    refuse('TIDEMARK_PORT', `a whole number from 0 to ${portMax}`);
  }
  const host = textOf('TIDEMARK_HOST');
  if (/[\s/]/.test(host)) refuse('TIDEMARK_HOST', 'a name or an address, such as 127.0.0.1');
  const logLevel = logLevels.find((level) => level === textOf('TIDEMARK_LOG_LEVEL'));
  if (logLevel === undefined) refuse('TIDEMARK_LOG_LEVEL', `one of ${logLevels.join(', ')}`);
  const example = textOf('TIDEMARK_EXAMPLE');
  if (example !== 'load' && example !== 'none') refuse('TIDEMARK_EXAMPLE', 'load or none');
  const snapshotEvents = Number(textOf('TIDEMARK_SNAPSHOT_EVENTS'));
  if (!/^[1-9]\d{0,8}$/.test(textOf('TIDEMARK_SNAPSHOT_EVENTS'))) {
    refuse('TIDEMARK_SNAPSHOT_EVENTS', 'a whole number from 1 to 999999999');
  }
  if (textOf('TIDEMARK_DATA').includes('\u0000')) refuse('TIDEMARK_DATA', 'the path of a folder');
  if (wrong.length > 0 || logLevel === undefined) return failed(wrong);
  const dataFolder = resolve(textOf('TIDEMARK_DATA'));
  const loadsExample = example === 'load';
  return success({ dataFolder, host, port, logLevel, loadsExample, snapshotEvents });
}
