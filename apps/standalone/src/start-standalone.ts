import { openEmbedded, type Embedded } from '@tidemark/embedded';
import { createProjector, processTimer, ReadModels, readModelShapes } from '@tidemark/runtime';
import {
  Companies,
  createApplication,
  DayClock,
  Documents,
  Metrics,
  ReadModelKeeper,
  snapshotsOf,
  Subscribers,
  type Application,
  type Logger,
} from '@tidemark/serving';
import type { ReadModelStore } from '@tidemark/streams';
import type { Configuration } from './configuration.js';
import { loadExample, wantsExample } from './example-factory.js';

export interface StandaloneOptions {
  readonly configuration: Configuration;
  readonly log: Logger;
  readonly clock: { now(): number };
  /** Told when a company can be planned no more: stop, and end the process with a failure. */
  readonly onFailure: (failure: unknown) => void;
}

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

/**
 * Starts everything in this process: stores, way in, planners, read models, web server.
 *
 * @throws FolderInUse, FolderRefused, Outage, LogDamaged of the stores; what listening throws.
 */
export async function startStandalone(options: StandaloneOptions): Promise<Standalone> {
  const { configuration, clock } = options;
  const stores = await openEmbedded({ folder: configuration.dataFolder });
  const subscribers = new Subscribers();
  const metrics = new Metrics();
  const { log } = options;
  const store = stores.events;
  const models = openModels(stores, log);
  const projector = createProjector({ store, models, clock });
  const reading = new ReadModels({ store: models, bell: projector.bell });
  const companies = openCompanies({ stores, reading, metrics }, options);
  metrics.watch(companies, subscribers, projector);
  const days = new DayClock({
    companies,
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
    const documents = new Documents();
    const keeper = new ReadModelKeeper(projector, log);
    const parts = { companies, keeper, subscribers, metrics, documents, log };
    application = await createApplication(parts);
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
    store: stores.events,
    models: reading,
    snapshots: snapshotsOf({ store: stores.snapshots, everyEvents, log }),
    clock,
    onFailure: (company, failure) => {
      log.fatal({ company, err: failure }, 'A company can be planned no more');
      onFailure(failure);
    },
    timer: processTimer(clock),
    onScheduledRun: ({ due, refused, ...run }) => {
      const told = { ...run, due: new Date(due).toISOString() };
      if (refused !== undefined) log.error({ ...told, refused }, 'A scheduled run was refused');
      else if (run.missed > 0) log.warn(told, 'Scheduled runs were missed; one is made up');
      else log.info(told, 'A scheduled run is made');
    },
    onRevision: (company, revision) => {
      const { plan, mode, counters } = revision;
      metrics.revised(company, revision);
      log.debug({ company, plan, revision: revision.revision, mode, counters }, 'Plan revised');
    },
  });
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= act());
}
