import type { PoolClient } from 'pg';
import { inTransaction } from './connections.js';
import { epochMax } from './log-place.js';
import { PostgresRefused } from './options.js';

/**
 * The epoch of this server for this log: see `LogPlace`. A server that is new to the log, because
 * it was restored there from a dump or upgraded, begins the next one.
 */
export function takeEpoch(client: PoolClient, schema: string): Promise<number> {
  return inTransaction(client, 'BEGIN', async () => {
    await client.query(`LOCK TABLE ${schema}.epochs IN SHARE ROW EXCLUSIVE MODE`);
    const { rows } = await client.query<{ number: number; same: boolean }>(
      `SELECT e.number, e.system_identifier = s.system_identifier::text AS same
        FROM ${schema}.epochs e, pg_control_system() s ORDER BY e.number DESC LIMIT 1`,
    );
    const [last] = rows;
    if (last?.same === true) return last.number;
    const number = (last?.number ?? 0) + 1;
    if (number > epochMax) {
      throw new PostgresRefused(`The log was moved ${epochMax} times. Move it by its events now.`);
    }
    await client.query(
      `INSERT INTO ${schema}.epochs (number, system_identifier)
        SELECT $1, system_identifier::text FROM pg_control_system()`,
      [number],
    );
    return number;
  });
}
