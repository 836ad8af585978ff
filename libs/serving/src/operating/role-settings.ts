import type { Result } from '@tidemark/kernel';
import { readLogAddress, type LogAddress } from '@tidemark/stores';
import { logLevels, type LogLevel } from './log.js';
import { SettingsReader, type Environment } from './settings-reader.js';

/** What every role is told. */
export interface RoleSettings {
  /** The event store of the installation. */
  readonly log: LogAddress;
  /** The PostgreSQL database of the read models. */
  readonly readModels: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Events after which a state is saved again, at least. */
  readonly snapshotEvents: number;
  /** Where other processes reach this one; undefined: where it listens. */
  readonly address: string | undefined;
}

const defaults = {
  TIDEMARK_DATA: undefined,
  TIDEMARK_READ_MODELS: undefined,
  TIDEMARK_HOST: '127.0.0.1',
  TIDEMARK_PORT: undefined,
  TIDEMARK_ADDRESS: undefined,
  TIDEMARK_LOG_LEVEL: 'info',
  TIDEMARK_SNAPSHOT_EVENTS: '20000',
} as const;

const snapshotEventsMax = 999_999_999;

/** Reads the environment of a role; refused with one line for every wrong value. */
export function readRoleSettings(
  environment: Environment,
  ports: { readonly port: number },
): Result<RoleSettings, readonly string[]> {
  const read = new SettingsReader(environment, { ...defaults, TIDEMARK_PORT: String(ports.port) });
  const log = readLogAddress(read.text('TIDEMARK_DATA'));
  const isServer = log.ok && log.value.engine !== 'embedded';
  if (!isServer) read.refuse('TIDEMARK_DATA', 'the log: postgres://… or esdb://…');
  const given = read.text('TIDEMARK_READ_MODELS');
  const isPostgres = log.ok && log.value.engine === 'postgres';
  const readModels = given === '' && isPostgres ? log.value.where : given;
  const models = readLogAddress(readModels);
  if (isServer && (!models.ok || models.value.engine !== 'postgres')) {
    read.refuse('TIDEMARK_READ_MODELS', 'the database of the read models, postgres://…');
  }
  const address = read.text('TIDEMARK_ADDRESS').replace(/\/+$/, '');
  if (address !== '' && !/^https?:\/\/[^\s/]+$/.test(address)) {
    read.refuse('TIDEMARK_ADDRESS', 'where others reach this process: http://name:port');
  }
  const most = snapshotEventsMax;
  return read.settle({
    log: log.ok ? log.value : { engine: 'embedded' as const, where: '' },
    readModels,
    host: read.host('TIDEMARK_HOST'),
    port: read.port('TIDEMARK_PORT'),
    logLevel: read.oneOf('TIDEMARK_LOG_LEVEL', logLevels),
    snapshotEvents: read.wholeNumber('TIDEMARK_SNAPSHOT_EVENTS', { least: 1, most }),
    address: address === '' ? undefined : address,
  });
}
