import { createApplication, type Application, type Served } from '../application.js';
import { readyFigure } from '../operating/figures.js';
import type { Health, Readiness } from '../operating/health.js';
import { lagFigures, type LogFollower } from '../operating/lag.js';
import { Metrics, type Figure } from '../operating/metrics.js';
import type { RoleSettings } from '../operating/role-settings.js';
import { once, type RunOptions, type Running } from '../operating/run-process.js';
import type { SurfaceName } from '../surfaces.js';
import type { EventStore } from '@tidemark/streams';

export type RoleOptions = RunOptions<RoleSettings>;

/** A role, running. */
export interface RunningRole extends Running {
  /** Where it listens, such as `http://127.0.0.1:7401`. */
  readonly address: string;
  readonly routes: readonly string[];
}

/** What a role does, and how it is. */
export interface RoleWork extends Served {
  readonly role: string;
  readonly surfaces: readonly SurfaceName[];
  readonly store: EventStore;
  readonly metrics: Metrics;
  /** Figures of its own, besides readiness and lag. */
  readonly figures: readonly Figure[];
  readonly readiness: () => Promise<Readiness> | Readiness;
  /** What follows the log here. */
  readonly followers: () => Promise<readonly LogFollower[]> | readonly LogFollower[];
  /** Begins to work, now that others can reach this process at the address. */
  readonly begin: (address: string) => Promise<void> | void;
  /** Ends readers that would never end. */
  readonly leave?: () => void;
  /** Finishes what is begun and closes everything. */
  readonly end: () => Promise<void>;
}

/** Serves a role: health and figures at once, its work as soon as it can do it. */
export async function serveRole(
  { configuration, clock, log }: RoleOptions,
  work: RoleWork,
): Promise<RunningRole> {
  const { role, store, metrics, begin, leave, end, readiness, followers, ...served } = work;
  const health: Health = { look: () => Promise.resolve(readiness()) };
  const lag = lagFigures({ store, clock, role, followers });
  for (const figure of [...work.figures, readyFigure(health), ...lag]) metrics.watch(figure);
  let application: Application | undefined;
  const stop = once(async () => {
    leave?.();
    await application?.close();
    await end();
  });
  try {
    application = await createApplication({ ...served, health, metrics, log });
    const listening = await application.listen(configuration);
    const address = configuration.address ?? listening;
    await begin(address);
    log.info({ address, listening }, 'Listening');
    return { address: listening, routes: application.routes, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
