import { eventStoreContract } from '@tidemark/testkit';
import { describeOnServer, openServerStore } from './eventstore-server.js';

describeOnServer('on a server', () => {
  eventStoreContract('EventStoreDB', async () => {
    const store = await openServerStore();
    return { store, dispose: () => store.close() };
  });
});
