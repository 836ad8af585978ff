import { failed, refusal, success, type Refusal, type Result } from '@tidemark/kernel';

export type Engine = 'embedded' | 'postgres' | 'eventstore';

/** Where a log is, and behind which engine. */
export interface LogAddress {
  readonly engine: Engine;
  /** Path of a data folder, or the address of a server. */
  readonly where: string;
}

const schemes: Readonly<Record<string, Engine>> = {
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'esdb:': 'eventstore',
  'esdb+discover:': 'eventstore',
};

/**
 * Reads where a log is: `postgres://user@host/database`, `esdb://host:2113?tls=false`, or the path
 * of a data folder. Refused with UNKNOWN_STORE for any other address.
 */
export function readLogAddress(text: string): Result<LogAddress, Refusal> {
  const scheme = /^([a-z+]+:)\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return success({ engine: 'embedded', where: text });
  const engine = schemes[scheme];
  if (engine !== undefined) return success({ engine, where: text });
  return failed(
    refusal('UNKNOWN_STORE', `There is no store behind ${scheme}//.`, {
      remedy: 'Give the path of a data folder, postgres://… or esdb://….',
    }),
  );
}
