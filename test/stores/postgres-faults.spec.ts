import { openPostgres } from '@tidemark/postgres';
import { eventStoreFaultContract, openFaultyLine } from '@tidemark/testkit';
import { infraFolder, newSchema, postgresForSpecs, startCluster } from './postgres-cluster.js';
import type { Cluster } from './postgres-cluster.js';

// A server of its own, which it may kill.
const folder = infraFolder('killed');
const postgres = await postgresForSpecs(folder);

const patience = { callMs: 1_500, pollMs: 50 };

async function running(): Promise<Cluster> {
  const cluster = await startCluster(folder);
  if (typeof cluster === 'string') throw new Error(cluster);
  return cluster;
}

postgres.describe('on PostgreSQL', () => {
  eventStoreFaultContract(
    'PostgreSQL',
    async () => {
      const { url, port } = await running();
      const line = await openFaultyLine(port);
      const schema = newSchema();
      const beside = await openPostgres({ url, schema, pollMs: 50 });
      const faulty = url.replace(`:${port}/`, `:${line.port}/`);
      const stores = await openPostgres({ url: faulty, schema, migrate: false, ...patience });
      return {
        store: stores.events,
        beside: beside.events,
        line,
        async restart() {
          process.kill((await running()).pid, 'SIGKILL');
          await running();
        },
        async dispose() {
          await Promise.all([stores.close(), beside.close()]);
          await line.close();
        },
      };
    },
    { restarts: true },
  );
});
