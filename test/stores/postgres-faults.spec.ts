import { openPostgres } from '@tidemark/postgres';
import type { Postgres } from '@tidemark/postgres';
import { eventStoreAnswers, eventStoreFaults, openFaultyLine } from '@tidemark/testkit';
import type { FaultyLog } from '@tidemark/testkit';
import { infraFolder, newSchema, postgresForSpecs, startCluster } from './postgres-cluster.js';
import type { Cluster } from './postgres-cluster.js';

// A server of its own, which it may kill.
const folder = infraFolder('killed');
const postgres = await postgresForSpecs(folder);

const faults = Number(process.env['TIDEMARK_FAULTS'] ?? 5);
const patience = { callMs: 1_500, pollMs: 50 };

async function running(): Promise<Cluster> {
  const cluster = await startCluster(folder);
  if (typeof cluster === 'string') throw new Error(cluster);
  return cluster;
}

async function openLog(): Promise<FaultyLog> {
  let cluster = await running();
  const { url, port } = cluster;
  const line = await openFaultyLine(port);
  const schema = newSchema();
  const making = await openPostgres({ url, schema });
  await making.close();
  const faulty = url.replace(`:${port}/`, `:${line.port}/`);
  const opened: Postgres[] = [];
  return {
    line,
    async open() {
      const stores = await openPostgres({ url: faulty, schema, migrate: false, ...patience });
      opened.push(stores);
      return stores.events;
    },
    async restart() {
      process.kill(cluster.pid, 'SIGKILL');
      cluster = await running();
    },
    async dispose() {
      for (const stores of opened) await stores.close();
      await line.close();
    },
  };
}

postgres.describe('on PostgreSQL', () => {
  eventStoreFaults('PostgreSQL', openLog, { appendsPerWriter: 24, eventsPerAppend: 5, faults });
  eventStoreAnswers('PostgreSQL', openLog);
});
