import { processTimer } from '@tidemark/runtime';
import {
  companiesFigure,
  Metrics,
  openRoleStores,
  roleSnapshots,
  PlannerHosts,
  planningNews,
  serveRole,
  type RoleOptions,
  type RunningRole,
} from '@tidemark/serving';

const role = 'planner';
const surfaces = ['desk', 'health'] as const;

/**
 * Plans every company that no other process plans, and stands by for the rest.
 *
 * @throws what opening the stores and listening throw.
 */
export async function startPlanner(options: RoleOptions): Promise<RunningRole> {
  const { configuration, clock, log, onFailure } = options;
  const stores = await openRoleStores(configuration);
  const { events: store } = stores.log;
  const metrics = new Metrics();
  const hosts = new PlannerHosts({
    store,
    clock,
    timer: processTimer(clock),
    ...roleSnapshots(stores, options),
    news: planningNews(log, metrics),
    log,
    onFatal: onFailure,
  });
  return serveRole(options, {
    role,
    surfaces,
    store,
    metrics,
    desks: hosts,
    figures: [companiesFigure(() => hosts.names()), hosts.figure()],
    followers: () => hosts.followers(),
    readiness: () => hosts.readiness(),
    begin: (address) => hosts.start(address),
    end: async () => {
      await hosts.stop();
      await stores.close();
    },
  });
}
