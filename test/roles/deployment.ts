import { AppProcess } from '../restart/app-process.js';
import { onServer } from '../stores/postgres-cluster.js';

export type RoleName = 'intake' | 'planner' | 'projector' | 'api';

/** So few that snapshots are taken, and broken off, all the time. */
const snapshotEvents = 30;

let databases = 0;

/** Where an installation is made. */
export interface Engines {
  /** PostgreSQL server, for a database of its own. */
  readonly postgres: string;
  /** Address of an empty log; absent: the database is the log, too. */
  readonly log?: string;
}

/** An installation: stores of its own, and roles as processes. */
export class Deployment {
  /** Address of the log. */
  readonly url: string;
  /** Address of the read models. */
  readonly #models: string;
  readonly #server: string;
  readonly #name: string;
  readonly #running = new Set<AppProcess>();

  private constructor({ postgres, log }: Engines, name: string) {
    this.#server = postgres;
    this.#name = name;
    this.#models = postgres.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
    this.url = log ?? this.#models;
  }

  static async on(engines: Engines): Promise<Deployment> {
    databases += 1;
    const name = `roles_${process.pid}_${databases}`;
    const create = `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`;
    await onServer(engines.postgres, create);
    return new Deployment(engines, name);
  }

  /** Starts a role; further ones of its kind stand beside it. */
  start(app: RoleName, environment: Readonly<Record<string, string>> = {}): AppProcess {
    const started = new AppProcess({
      app,
      environment: {
        TIDEMARK_DATA: this.url,
        TIDEMARK_READ_MODELS: this.#models,
        TIDEMARK_SNAPSHOT_EVENTS: String(snapshotEvents),
        ...environment,
      },
      up: /is up: (http:\S+)/,
    });
    this.#running.add(started);
    return started;
  }

  /** Kills a role, and resolves when it is gone. */
  async kill(role: AppProcess): Promise<void> {
    this.#running.delete(role);
    role.kill();
    await role.ended('SIGKILL');
  }

  /** Ends a role as an operator does. */
  async stop(role: AppProcess): Promise<void> {
    this.#running.delete(role);
    await role.stop();
  }

  /** Ends everything and takes the database away. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#running].map((role) => this.kill(role)));
    await onServer(this.#server, `DROP DATABASE ${this.#name} WITH (FORCE)`);
  }
}

const lookMs = 100;

/** A moment until a condition is looked at again. */
export function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, lookMs));
}

/** Waits for a condition; how long it takes is the machine's affair. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await soon();
}

/** Waits until a role says that it can do its work. */
export async function isReady(role: AppProcess): Promise<void> {
  await until(async () => (await role.call('/health/ready')).status === 200);
}
