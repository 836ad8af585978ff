import { openEmbedded, type Embedded } from '@tidemark/embedded';
import { createProjector, processTimer, ReadModels, readModelShapes } from '@tidemark/runtime';
import {
  companiesFigure,
  createApplication,
  DayClock,
  Metrics,
  once,
  planningNews,
  projectorFigures,
  ReadModelKeeper,
  readyFigure,
  snapshotsOf,
  Subscribers,
  subscribersFigure,
  WayIn,
  type Application,
  type Health,
  type Logger,
  type RunOptions,
} from '@tidemark/serving';
import type { ReadModelStore } from '@tidemark/streams';
import { Companies } from './companies.js';
import type { Configuration } from './configuration.js';
import { loadExample, wantsExample } from './example/load-example.js';

/** `onFailure` is told when a company can be planned no more. */
export type StandaloneOptions = RunOptions<Configuration>;

/** The whole system, running. */
export interface Standalone {
  /** Where it listens, such as `http://127.0.0.1:7400`. */
  readonly address: string;
  readonly routes: readonly string[];
  /** Events of the example factory that were loaded now. */
  readonly exampleEvents: number;
  /** Resolves when every plan and every read model holds what the log held at the start. */
  ready(): Promise<void>;
  /** Lets requests end, folds what is begun, closes the store. May be repeated. */
  stop(): Promise<void>;
}

const surfaces = [
  'wayIn',
  'planning',
  'reading',
  'readModels',
  'health',
  'documents',
  'startPage',
] as const;

/**
 * Starts everything in this process: stores, way in, planners, read models, web server.
 *
 * @throws FolderInUse, FolderRefused, Outage, LogDamaged of the stores; what listening throws.
 */
export async function startStandalone(options: StandaloneOptions): Promise<Standalone> {
  const { configuration, clock, log } = options;
  const stores = await openEmbedded({ folder: configuration.dataFolder });
  const store = stores.events;
  const subscribers = new Subscribers();
  const metrics = new Metrics();
  const models = openModels(stores, log);
  const projector = createProjector({ store, models, clock });
  const reading = new ReadModels({ store: models, bell: projector.bell });
  const companies = openCompanies({ stores, reading, metrics }, options);
  const { intake } = companies;
  const keeper = new ReadModelKeeper({ working: () => projector, log });
  const health = healthOf(companies, keeper);
  for (const figure of [
    ...projectorFigures(() => projector),
    readyFigure(health),
    companiesFigure(() => companies.names()),
    subscribersFigure(subscribers),
  ]) {
    metrics.watch(figure);
  }
  const days = new DayClock({
    companies,
    intake,
    store,
    clock,
    timer: processTimer(clock),
    onFailure: (failure) => log.error({ err: failure }, 'The day could not be recorded'),
  });
  let application: Application | undefined;
  const stop = once(async () => {
    days.stop();
    subscribers.endAll();
    await application?.close();
    await companies.stop();
    await projector.stop();
    await models.close();
    await stores.close();
  });
  try {
    await projector.start((failure) => {
      log.fatal({ err: failure }, 'The read models take up no more events');
    });
    const loads = configuration.loadsExample && (await wantsExample(store));
    await companies.openAll();
    const exampleEvents = loads ? await loadExample(companies, clock.now()) : 0;
    await days.start();
    const wayIn = new WayIn({ intake, onTaken: (company) => companies.open(company) });
    const served = { companies, wayIn, keeper, subscribers };
    application = await createApplication({ surfaces, ...served, health, metrics, log });
    const { routes } = application;
    const address = await application.listen(configuration);
    log.info({ address, folder: configuration.dataFolder, exampleEvents }, 'Listening');
    const ready = async () => {
      await companies.ready();
      await projector.reached(await store.head());
    };
    return { address, routes, exampleEvents, ready, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

/** A damaged file of read models is told, put aside and folded again: the log has it all. */
function openModels(stores: Embedded, log: Logger): ReadModelStore {
  return stores.readModels.open(readModelShapes, (aside, failure) => {
    log.error({ err: failure, aside }, 'The read models were damaged and are folded again');
  });
}

function healthOf(companies: Companies, keeper: ReadModelKeeper): Health {
  const missing = 'Plans or read models are being folded from the log, or have stopped.';
  return {
    look: () => {
      const told = { companies: companies.names() };
      const isReady = companies.isReady && keeper.isReady;
      return Promise.resolve({ isReady, missing, told });
    },
  };
}

interface CompanyParts {
  readonly stores: Embedded;
  readonly reading: ReadModels;
  readonly metrics: Metrics;
}

function openCompanies(
  { stores, reading, metrics }: CompanyParts,
  { clock, log, onFailure, configuration }: StandaloneOptions,
): Companies {
  const everyEvents = configuration.snapshotEvents;
  return new Companies({
    ...planningNews(log, metrics),
    store: stores.events,
    models: reading,
    snapshots: snapshotsOf({ store: stores.snapshots, everyEvents, log }),
    clock,
    onFailure: (company, failure) => {
      log.fatal({ company, err: failure }, 'A company can be planned no more');
      onFailure(failure);
    },
    timer: processTimer(clock),
  });
}
