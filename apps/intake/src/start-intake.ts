import { createIntake, processTimer } from '@tidemark/runtime';
import {
  companiesFigure,
  CompanyDirectory,
  DayClock,
  DeployedCompanies,
  Metrics,
  openRoleStores,
  roleSnapshots,
  serveRole,
  WayIn,
  type RoleOptions,
  type RunningRole,
} from '@tidemark/serving';

const role = 'intake';
const surfaces = ['wayIn', 'health', 'documents'] as const;

/**
 * Takes events into the log, one process of any number; begins the days of companies.
 *
 * @throws what opening the stores and listening throw.
 */
export async function startIntake(options: RoleOptions): Promise<RunningRole> {
  const { configuration, clock, log, onFailure } = options;
  const stores = await openRoleStores(configuration);
  const { events: store } = stores.log;
  const metrics = new Metrics();
  const directory = new CompanyDirectory({ store, onFailure });
  const companies = new DeployedCompanies({ store, models: stores.reading, clock, directory });
  const intake = createIntake({ store, clock, ...roleSnapshots(stores, options) });
  const days = new DayClock({
    companies,
    intake,
    store,
    clock,
    timer: processTimer(clock),
    onFailure: (failure) => log.error({ err: failure }, 'The day could not be recorded'),
  });
  const names = () => directory.names();
  return serveRole(options, {
    role,
    surfaces,
    store,
    metrics,
    companies,
    wayIn: new WayIn({ intake }),
    figures: [companiesFigure(names)],
    // Batches are folded to the end of the log before they are taken: nothing else is behind.
    followers: () => [directory.follower()],
    readiness: () => directory.readiness(role),
    begin: async () => {
      directory.start();
      await days.start();
    },
    end: async () => {
      days.stop();
      companies.stop();
      await directory.stop();
      await intake.stop();
      await stores.close();
    },
  });
}
