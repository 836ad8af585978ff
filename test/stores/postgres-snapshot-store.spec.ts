import { snapshotStoreContract } from '@tidemark/testkit';
import { onServer, openEmpty, postgresForSpecs } from './postgres-cluster.js';

const postgres = await postgresForSpecs();

/** What is done to the newest snapshot's last piece. */
const spoiling = {
  torn: (pieces: string) => `DELETE FROM ${pieces} p`,
  damaged: (pieces: string) =>
    `UPDATE ${pieces} p SET bytes = set_byte(bytes, 1, get_byte(bytes, 1) # 16)`,
} as const;

postgres.describe('on PostgreSQL', () => {
  snapshotStoreContract('PostgreSQL', async () => {
    const { snapshots, schema, dispose } = await openEmpty({ url: postgres.url });
    const pieces = `${schema}.snapshot_pieces`;
    return {
      store: snapshots,
      spoil: async (name, how) => {
        const newest = `(SELECT max(number) FROM ${schema}.snapshots WHERE name = '"${name}"')`;
        const last = `(SELECT max(number) FROM ${pieces} WHERE snapshot = ${newest})`;
        const which = `p.snapshot = ${newest} AND p.number = ${last}`;
        await onServer(postgres.url, `${spoiling[how](pieces)} WHERE ${which}`);
      },
      dispose,
    };
  });
});
