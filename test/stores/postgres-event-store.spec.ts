import { eventStoreContract } from '@tidemark/testkit';
import { openEmpty, postgresForSpecs } from './postgres-cluster.js';

const postgres = await postgresForSpecs();

postgres.describe('on PostgreSQL', () => {
  eventStoreContract('PostgreSQL', async () => {
    const { events, dispose } = await openEmpty({ url: postgres.url });
    return { store: events, dispose };
  });
});
