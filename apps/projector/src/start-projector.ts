import { processTimer } from '@tidemark/runtime';
import {
  Metrics,
  openRoleStores,
  ProjectorHost,
  projectorFigures,
  ReadModelKeeper,
  serveRole,
  type RoleOptions,
  type RunningRole,
} from '@tidemark/serving';

const role = 'projector';
const surfaces = ['readModels', 'health', 'documents'] as const;

/**
 * Keeps the read models current, one process of several; the others stand by.
 *
 * @throws what opening the stores and listening throw.
 */
export async function startProjector(options: RoleOptions): Promise<RunningRole> {
  const { configuration, clock, log } = options;
  const stores = await openRoleStores(configuration);
  const store = stores.log.events;
  const { models } = stores;
  const metrics = new Metrics();
  const timer = processTimer(clock);
  const host = new ProjectorHost({ store, models, clock, timer, log });
  const working = () => host.working;
  return serveRole(options, {
    role,
    surfaces,
    store,
    metrics,
    keeper: new ReadModelKeeper({ working, log }),
    figures: projectorFigures(working),
    followers: () => {
      const projector = working();
      return projector === undefined ? [] : [{ labels: {}, position: projector.through }];
    },
    readiness: () => host.readiness(),
    begin: () => host.start(),
    end: async () => {
      await host.stop();
      await stores.close();
    },
  });
}
