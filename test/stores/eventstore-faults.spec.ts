import { eventStoreFaults, openFaultyLine } from '@tidemark/testkit';
import { killableServer } from './eventstore-process.js';
import { describeOnServer, newNamespace, openServerStore } from './eventstore-server.js';
import { serverConnection } from './eventstore-server.js';

// Faults by the hundred thousand are made by hand: 8 writers share so many events.
const events = Number(process.env['TIDEMARK_FAULT_EVENTS'] ?? 960);
const faults = Number(process.env['TIDEMARK_FAULTS'] ?? 6);
const eventsPerAppend = events > 10_000 ? 50 : 5;
const scale = { appendsPerWriter: events / 8 / eventsPerAppend, eventsPerAppend, faults };

describeOnServer('on a server', () => {
  eventStoreFaults(
    'EventStoreDB',
    async () => {
      const server = await killableServer();
      const connection = server?.connection ?? serverConnection;
      const line = await openFaultyLine(Number(new URL(connection).port));
      const namespace = newNamespace();
      const stores: { close(): Promise<void> }[] = [];
      const open = async () => {
        const store = await openServerStore({
          connection: `esdb://127.0.0.1:${line.port}?tls=false`,
          namespace,
          patience: { callMs: 2_000, watchMs: 300 },
        });
        stores.push(store);
        return store;
      };
      const dispose = async () => {
        for (const store of stores) await store.close();
        await line.close();
      };
      return { open, line, dispose, ...(server === undefined ? {} : { restart: server.restart }) };
    },
    scale,
  );
});
