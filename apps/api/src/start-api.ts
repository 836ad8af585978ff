import { plans } from '@tidemark/projections';
import { createIntake, type ReadModels } from '@tidemark/runtime';
import {
  companiesFigure,
  CompanyDirectory,
  DeployedCompanies,
  Metrics,
  openRoleStores,
  roleSnapshots,
  serveRole,
  Subscribers,
  subscribersFigure,
  WayIn,
  type Readiness,
  type RoleOptions,
  type RunningRole,
} from '@tidemark/serving';
import { Outage, ReadModelNotReady } from '@tidemark/streams';

const role = 'api';
const surfaces = ['wayIn', 'planning', 'reading', 'health', 'documents', 'startPage'] as const;

/**
 * Answers readers from the read models, tells changes from the log, and passes what planners ask on
 * to whoever plans the company; takes events too. One process of any number.
 *
 * @throws what opening the stores and listening throw.
 */
export async function startApi(options: RoleOptions): Promise<RunningRole> {
  const { configuration, clock, onFailure } = options;
  const stores = await openRoleStores(configuration);
  const { events: store } = stores.log;
  const { reading } = stores;
  const metrics = new Metrics();
  const subscribers = new Subscribers();
  const directory = new CompanyDirectory({ store, onFailure });
  const companies = new DeployedCompanies({ store, models: reading, clock, directory });
  const intake = createIntake({ store, clock, ...roleSnapshots(stores, options) });
  return serveRole(options, {
    role,
    surfaces,
    store,
    metrics,
    companies,
    subscribers,
    wayIn: new WayIn({ intake }),
    figures: [companiesFigure(() => directory.names()), subscribersFigure(subscribers)],
    followers: async () => [{ labels: {}, position: await reading.through(plans.shape) }],
    readiness: () => readinessOf(directory, reading),
    begin: () => directory.start(),
    leave: () => subscribers.endAll(),
    end: async () => {
      companies.stop();
      await directory.stop();
      await intake.stop();
      await stores.close();
    },
  });
}

/** Ready: the companies are known and what readers ask can be answered. */
async function readinessOf(directory: CompanyDirectory, reading: ReadModels): Promise<Readiness> {
  const known = directory.readiness(role);
  if (!known.isReady) return known;
  try {
    await reading.through(plans.shape);
    return known;
  } catch (failure) {
    if (!(failure instanceof ReadModelNotReady || failure instanceof Outage)) throw failure;
    return { ...known, isReady: false, missing: failure.message };
  }
}
