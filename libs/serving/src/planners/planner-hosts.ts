import type { PlannerHostOptions } from './planner-host.js';
import { PlannerHost } from './planner-host.js';
import { PlannerDesks, type OpenDesk } from './planner-desks.js';
import { CompanyDirectory } from '../companies/company-directory.js';
import type { Readiness } from '../operating/health.js';
import type { LogFollower } from '../operating/lag.js';
import type { Figure } from '../operating/metrics.js';
import { inputStreamsOf } from '@tidemark/wire';

export type PlannerHostsOptions = Omit<PlannerHostOptions, 'company' | 'address'>;

/** The planners of every company of a log, one process among several that may plan each. */
export class PlannerHosts extends PlannerDesks {
  readonly #options: PlannerHostsOptions;
  readonly #directory: CompanyDirectory;
  readonly #hosts = new Map<string, PlannerHost>();
  #address = '';
  #isStopping = false;

  constructor(options: PlannerHostsOptions) {
    super();
    this.#options = options;
    this.#directory = new CompanyDirectory({
      store: options.store,
      onFound: (company) => this.#open(company),
      onFailure: options.onFatal,
    });
  }

  override find(company: string): OpenDesk | undefined {
    return this.#hosts.get(company)?.desk;
  }

  names(): readonly string[] {
    return this.#directory.names();
  }

  /** Begins to plan; other processes reach this one at the address. */
  start(address: string): void {
    this.#address = address;
    this.#directory.start();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#directory.stop();
    await Promise.all([...this.#hosts.values()].map((host) => host.stop()));
  }

  /** Ready: each company is planned here, all of it folded, or another process plans it. */
  readiness(): Readiness {
    const hosts = [...this.#hosts.values()];
    const companies = Object.fromEntries(hosts.map(({ company, state }) => [company, state]));
    const told = { role: 'planner', companies };
    if (!this.#directory.isComplete) {
      return { isReady: false, missing: 'The log is being searched for companies.', told };
    }
    const failed = hosts.find(({ state }) => state === 'failed');
    if (failed !== undefined) {
      const missing = `Company ${failed.company} can be planned here no more.`;
      return { isReady: false, missing, told };
    }
    const starting = hosts.find(({ state }) => state === 'starts');
    if (starting === undefined) return { isReady: true, told };
    const missing = `The plans of company ${starting.company} are being folded from the log.`;
    return { isReady: false, missing, told };
  }

  /** How many companies are in each state here. */
  figure(): Figure {
    return {
      name: 'tidemark_planner_companies',
      help: 'Companies by what this planner does for them.',
      labels: ['state'],
      read: () => {
        const states = [...this.#hosts.values()].map(({ state }) => state);
        return (['plans', 'starts', 'standsBy', 'failed'] as const).map((state) => ({
          labels: { state },
          value: states.filter((one) => one === state).length,
        }));
      },
    };
  }

  /** The companies that are planned here, as followers of the log. */
  followers(): readonly LogFollower[] {
    return [...this.#hosts.values()].flatMap(({ company, planned }) => {
      if (planned === undefined) return [];
      const streams = inputStreamsOf(company);
      return {
        labels: { company },
        position: planned.planner.position,
        streamPrefixes: streams.prefixes,
        holds: (stream: string) => streams.holds(stream),
      };
    });
  }

  #open(company: string): void {
    if (this.#isStopping) return;
    const host = new PlannerHost({ ...this.#options, company, address: this.#address });
    this.#hosts.set(company, host);
    host.start();
  }
}
