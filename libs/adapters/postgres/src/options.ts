/** Where PostgreSQL is and how long we wait for it. All times in milliseconds. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; `?sslmode=verify-full` for TLS. */
  readonly url: string;
  /** Schema of the tables: lower-case letters, digits, underscores. Default `tidemark`. */
  readonly schema?: string;
  /** Bound of every call, waiting for a connection included. Default 10,000. */
  readonly callMs?: number;
  /** How often a waiting follower looks by itself, beside notifications. Default 250. */
  readonly pollMs?: number;
  /** Most connections of one store. Default 12. */
  readonly connections?: number;
  /** How long the rows of a replaced build of a read model stay for reads begun before. 60,000. */
  readonly dropAfterMs?: number;
  /**
   * Makes the tables and brings them up to date. Default yes; no: for a user who may not, or
   * where another process does it.
   */
  readonly migrate?: boolean;
}

export type Settings = Required<PostgresOptions>;

const defaults = {
  schema: 'tidemark',
  callMs: 10_000,
  pollMs: 250,
  connections: 12,
  dropAfterMs: 60_000,
  migrate: true,
} as const;

const schemaPattern = /^[a-z][a-z0-9_]{0,47}$/;

/** @throws PostgresRefused for a value out of its range. */
export function settingsOf(options: PostgresOptions): Settings {
  const settings = { ...defaults, ...options };
  if (!schemaPattern.test(settings.schema)) {
    throw new PostgresRefused(
      `"${settings.schema}" is no name of a schema: a lower-case letter, then at most 47 ` +
        'lower-case letters, digits and underscores.',
    );
  }
  for (const [name, value, least] of [
    ['callMs', settings.callMs, 10],
    ['pollMs', settings.pollMs, 1],
    ['connections', settings.connections, 4],
    ['dropAfterMs', settings.dropAfterMs, 0],
  ] as const) {
    if (!Number.isInteger(value) || value < least) {
      throw new PostgresRefused(`${name} is ${value}; it must be a whole number from ${least} on.`);
    }
  }
  return settings;
}

/** This server or database cannot be used as it is; the message says what to change. */
export class PostgresRefused extends Error {
  override readonly name = 'PostgresRefused';
}
