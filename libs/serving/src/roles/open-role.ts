import { ReadModels, readModelShapes, type SnapshotOptions } from '@tidemark/runtime';
import { openDeployedReadModels, openLog, type OpenLog } from '@tidemark/stores';
import type { ReadModelStore } from '@tidemark/streams';
import type { RunOptions } from '../operating/run-process.js';
import { snapshotsOf } from '../operating/snapshot-log.js';
import type { RoleSettings } from '../operating/role-settings.js';

/** The stores of an installation as its roles have them. */
export interface RoleStores {
  readonly log: OpenLog;
  readonly models: ReadModelStore;
  readonly reading: ReadModels;
  close(): Promise<void>;
}

/** Where the states of a role are saved, if the store of the log can. */
export function roleSnapshots(
  { log: { snapshots: store } }: RoleStores,
  { configuration: { snapshotEvents: everyEvents }, log }: RunOptions<RoleSettings>,
): { readonly snapshots?: SnapshotOptions } {
  return store === undefined ? {} : { snapshots: snapshotsOf({ store, everyEvents, log }) };
}

/** @throws PostgresRefused, Outage: what opening the stores throws. */
export async function openRoleStores({ log: address, readModels }: RoleSettings) {
  const log = await openLog(address, 'write');
  try {
    const models = await openDeployedReadModels(readModels, readModelShapes);
    const reading = new ReadModels({ store: models });
    const close = async (): Promise<void> => {
      await models.close();
      await log.close();
    };
    return { log, models, reading, close } satisfies RoleStores;
  } catch (failure) {
    await log.close();
    throw failure;
  }
}
