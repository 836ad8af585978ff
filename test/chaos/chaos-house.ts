import { Dice } from '@tidemark/testkit';
import type { AppProcess } from '../restart/app-process.js';
import { Deployment, isReady, type RoleName } from '../roles/deployment.js';
import { plan, type Followed } from '../roles/story-house.js';
import { Subscriber } from '../roles/subscriber.js';
import { startCluster, stopCluster, type Cluster } from '../stores/postgres-cluster.js';

export const victims = ['intake', 'planner', 'projector', 'api', 'postgres'] as const;
export type Victim = (typeof victims)[number];

/** How many of each role stand at a time: one that plans, and one that stands by. */
const counts: Readonly<Record<RoleName, number>> = { intake: 2, planner: 2, projector: 2, api: 2 };

/** An installation of which anything may die at any moment; what dies is started again. */
export class ChaosHouse {
  readonly #folder: string;
  readonly #dice: Dice;
  readonly #roles = new Map<RoleName, AppProcess[]>();
  readonly #deployment: Deployment;
  #cluster: Cluster;
  #subscriber: Subscriber | undefined;

  private constructor(opened: {
    readonly folder: string;
    readonly dice: Dice;
    readonly cluster: Cluster;
    readonly deployment: Deployment;
  }) {
    this.#folder = opened.folder;
    this.#dice = opened.dice;
    this.#cluster = opened.cluster;
    this.#deployment = opened.deployment;
  }

  static async on(folder: string, dice: Dice): Promise<ChaosHouse> {
    const cluster = await running(folder);
    const deployment = await Deployment.on({ postgres: cluster.url });
    const house = new ChaosHouse({ folder, dice, cluster, deployment });
    for (const role of ['intake', 'planner', 'projector', 'api'] as const) {
      const started: AppProcess[] = [];
      house.#roles.set(role, started);
      for (let at = 0; at < counts[role]; at += 1) {
        const process = deployment.start(role);
        started.push(process);
        // The first of all makes the tables.
        if (role === 'intake' && at === 0) await isReady(process);
      }
    }
    for (const processes of house.#roles.values()) for (const one of processes) await isReady(one);
    house.#subscriber = new Subscriber(house.one('api'), plan);
    return house;
  }

  get url(): string {
    return this.#deployment.url;
  }

  /** Any of the processes of a role. */
  one(role: RoleName): AppProcess {
    return this.#dice.pick(this.#roles.get(role) ?? []);
  }

  followed(position: string): Followed {
    const subscriber = this.#subscriber;
    if (subscriber === undefined) throw new Error('The house is not up.');
    return { api: this.one('api'), subscriber, position };
  }

  /** Kills one of them (kill -9), starts it again, and resolves when all are ready again. */
  async strike(victim: Victim): Promise<void> {
    if (victim === 'postgres') await this.#strikeServer();
    else await this.#strikeRole(victim);
    for (const processes of this.#roles.values()) for (const one of processes) await isReady(one);
  }

  async dispose(): Promise<void> {
    await this.#subscriber?.leave();
    await this.#deployment.dispose();
    await stopCluster(this.#folder);
  }

  async #strikeRole(role: RoleName): Promise<void> {
    const processes = this.#roles.get(role) ?? [];
    const at = this.#dice.between(0, processes.length - 1);
    const victim = processes[at];
    if (victim === undefined) throw new Error(`There is no ${role}.`);
    await this.#deployment.kill(victim);
    const started = this.#deployment.start(role);
    processes[at] = started;
    if (role === 'api') this.#subscriber?.moveTo(this.one('api'));
    await started.address();
  }

  async #strikeServer(): Promise<void> {
    process.kill(this.#cluster.pid, 'SIGKILL');
    this.#cluster = await running(this.#folder);
  }
}

async function running(folder: string): Promise<Cluster> {
  const cluster = await startCluster(folder);
  if (typeof cluster === 'string') throw new Error(cluster);
  return cluster;
}
