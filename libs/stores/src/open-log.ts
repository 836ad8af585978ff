import { openEmbedded, type ReadModelFile } from '@tidemark/embedded';
import { openEventStoreDb } from '@tidemark/eventstore';
import { openPostgres } from '@tidemark/postgres';
import type { EventStore, SnapshotStore } from '@tidemark/streams';
import type { Engine, LogAddress } from './address.js';
import { eventStoreOptions } from './eventstore-address.js';
import { checkLog, type CheckedLog } from './check-log.js';

/** A log, wherever it is. */
export interface OpenLog {
  readonly engine: Engine;
  readonly events: EventStore;
  /** Where saved states lie; absent: every start folds the log from its beginning. */
  readonly snapshots?: SnapshotStore;
  /** The read models that lie beside the log; absent: they have a database of their own. */
  readonly readModels?: ReadModelFile;
  /** Reads all of it and tells what is wrong; the embedded store checks every checksum too. */
  check(): Promise<CheckedLog>;
  close(): Promise<void>;
}

export type LogMode = 'read' | 'write';

const openers: Readonly<
  Record<Engine, (where: string, mode: LogMode) => Promise<Omit<OpenLog, 'engine'>>>
> = {
  embedded: async (folder, mode) => {
    const { events, snapshots, readModels, close } = await openEmbedded({ folder, mode });
    return { events, snapshots, readModels, check: () => Promise.resolve(events.verify()), close };
  },
  postgres: async (url) => {
    const { events, snapshots, close } = await openPostgres({ url });
    return { events, snapshots, check: () => checkLog(events), close };
  },
  eventstore: async (address) => {
    const events = await openEventStoreDb(eventStoreOptions(address));
    return { events, check: () => checkLog(events), close: () => events.close() };
  },
};

/**
 * Opens the log at an address.
 *
 * @throws FolderInUse, FolderRefused, PostgresRefused, RangeError for an address that its engine
 * cannot use; Outage if the engine does not answer; LogDamaged.
 */
export async function openLog({ engine, where }: LogAddress, mode: LogMode): Promise<OpenLog> {
  return { engine, ...(await openers[engine](where, mode)) };
}
