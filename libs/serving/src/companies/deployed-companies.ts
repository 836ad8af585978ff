import { CompanyReader, type ReadModels } from '@tidemark/runtime';
import type { EventStore } from '@tidemark/streams';
import { planStream } from '@tidemark/wire';
import { createRemoteDesk } from '../planners/remote-desk.js';
import type { CompanyDirectory } from './company-directory.js';
import { PlanBells } from './plan-bells.js';
import { PlanFeed } from './plan-feed.js';
import { CompanyRegister, type ServedCompany } from './served-company.js';

export interface DeployedCompaniesOptions {
  readonly store: EventStore;
  readonly models: ReadModels;
  readonly clock: { now(): number };
  readonly directory: CompanyDirectory;
}

/** Companies that are planned in other processes. */
export class DeployedCompanies extends CompanyRegister {
  readonly #options: DeployedCompaniesOptions;
  readonly #bells: PlanBells;
  readonly #companies = new Map<string, ServedCompany>();

  constructor(options: DeployedCompaniesOptions) {
    super();
    this.#options = options;
    this.#bells = new PlanBells(options.store);
  }

  override async find(name: string): Promise<ServedCompany | undefined> {
    const known = this.#companies.get(name);
    if (known !== undefined) return known;
    if (!(await this.#options.directory.has(name))) return undefined;
    const made = this.#make(name);
    this.#companies.set(name, made);
    return made;
  }

  override names(): readonly string[] {
    return this.#options.directory.names();
  }

  /** Ends those who listen for new revisions. */
  stop(): void {
    this.#bells.stop();
  }

  #make(name: string): ServedCompany {
    const { store, models, clock } = this.#options;
    const desk = createRemoteDesk({ store, company: name, clock });
    const listen = () => this.#bells.listen(name);
    return {
      name,
      desk,
      reader: new CompanyReader({ company: name, models, desk }),
      feed: (plan) => new PlanFeed({ store, stream: planStream(name, plan), listen }),
    };
  }
}
