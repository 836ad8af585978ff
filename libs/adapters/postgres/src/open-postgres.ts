import type { EventStore, SnapshotStore } from '@tidemark/streams';
import { openConnections } from './connections.js';
import { takeEpoch } from './epochs.js';
import { checkMigrated, migrate } from './migrations.js';
import { settingsOf } from './options.js';
import type { PostgresOptions } from './options.js';
import { createEventStore } from './postgres-event-store.js';
import { createSnapshotStore } from './snapshot-rows.js';

export interface Postgres {
  readonly events: EventStore;
  readonly snapshots: SnapshotStore;
  /** Closes the stores and all connections. */
  close(): Promise<void>;
}

/**
 * Opens the stores in a PostgreSQL database (14 or newer).
 *
 * @throws PostgresRefused for a server or a schema that cannot be used, Outage.
 */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  const settings = settingsOf(options);
  if (settings.migrate) await migrate(settings);
  const connections = openConnections(settings, 'The PostgreSQL store');
  try {
    const { schema } = settings;
    const epoch = await connections.use({ doing: 'Opening the log' }, async (client) => {
      await checkMigrated(client, schema);
      return takeEpoch(client, schema);
    });
    const events = createEventStore(connections, epoch);
    const close = async () => {
      await events.close();
      await connections.close();
    };
    return { events: { ...events, close }, snapshots: createSnapshotStore(connections), close };
  } catch (thrown) {
    await connections.close();
    throw thrown;
  }
}
