import {
  CompanyReader,
  createIntake,
  createPlanner,
  type Intake,
  type ReadModels,
  type SnapshotOptions,
  type Timer,
} from '@tidemark/runtime';
import {
  CompanyRegister,
  PlannedCompany,
  PlanFeed,
  tellingPrefixes,
  type PlanningNews,
  type ServedCompany,
} from '@tidemark/serving';
import { logBatches, type EventStore } from '@tidemark/streams';
import { parseStreamName, planStream } from '@tidemark/wire';

export interface CompaniesOptions extends PlanningNews {
  readonly store: EventStore;
  /** What readers are answered from. */
  readonly models: ReadModels;
  readonly clock: { now(): number };
  /** Told when a company can be planned no more: the process must end. */
  readonly onFailure: (company: string, failure: unknown) => void;
  readonly timer: Timer;
  /** Absent: every start folds the log from its beginning. */
  readonly snapshots?: SnapshotOptions;
}

interface OpenCompany {
  readonly planned: PlannedCompany;
  readonly served: ServedCompany;
}

/** The companies of one installation, each with its planner; one way in for all of them. */
export class Companies extends CompanyRegister {
  readonly intake: Intake;
  readonly #options: CompaniesOptions;
  readonly #companies = new Map<string, OpenCompany>();
  readonly #starting = new Set<Promise<void>>();
  #hasFailed = false;
  #isStopping = false;

  constructor(options: CompaniesOptions) {
    super();
    this.#options = options;
    const { store, clock, snapshots } = options;
    this.intake = createIntake({ store, clock, ...(snapshots && { snapshots }) });
  }

  /** Opens every company of the log; each starts to fold at once. */
  async openAll(): Promise<void> {
    const { store } = this.#options;
    const names = new Set<string>();
    for await (const { events } of logBatches(store, { streamPrefixes: tellingPrefixes })) {
      for (const { stream } of events) {
        const name = parseStreamName(stream);
        if (name !== undefined) names.add(name.company);
      }
    }
    for (const name of names) this.open(name);
  }

  override find(name: string): Promise<ServedCompany | undefined> {
    return Promise.resolve(this.#companies.get(name)?.served);
  }

  override names(): readonly string[] {
    return [...this.#companies.keys()].toSorted();
  }

  /** The company of this name; opened now if it was not. */
  open(name: string): ServedCompany {
    const known = this.#companies.get(name);
    if (known !== undefined) return known.served;
    const made = this.#make(name);
    this.#companies.set(name, made);
    const starting = made.planned
      .start()
      .catch((failure: unknown) => this.#fail(name, failure))
      .finally(() => this.#starting.delete(starting));
    this.#starting.add(starting);
    return made.served;
  }

  /** Resolves when every company that was opened so far has folded the log. */
  async ready(): Promise<void> {
    await Promise.all(this.#starting);
  }

  /** All plans hold what the log held, and nothing has failed. */
  get isReady(): boolean {
    const companies = [...this.#companies.values()];
    const areReady = companies.every(({ planned }) => planned.isReady);
    return !this.#hasFailed && !this.#isStopping && areReady;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#companies.values()].map(({ planned }) => planned.stop()));
    await Promise.all(this.#starting);
    await this.intake.stop();
  }

  #make(name: string): OpenCompany {
    const { store, models, snapshots, clock, timer, ...news } = this.#options;
    const { intake } = this;
    const planner = createPlanner({
      ...(snapshots && { snapshots }),
      store,
      company: name,
      clock,
      exclusively: (action) => intake.exclusively(name, action),
    });
    const onFailure = (failure: unknown): void => this.#fail(name, failure);
    const planned = new PlannedCompany({ ...news, name, store, planner, clock, timer, onFailure });
    const { desk, bell } = planned;
    const listen = () => ({ bell, end: () => undefined });
    const served: ServedCompany = {
      name,
      desk,
      reader: new CompanyReader({ company: name, models, desk }),
      feed: (plan) => new PlanFeed({ store, stream: planStream(name, plan), listen }),
    };
    return { planned, served };
  }

  #fail(company: string, failure: unknown): void {
    if (this.#hasFailed || this.#isStopping) return;
    this.#hasFailed = true;
    this.#options.onFailure(company, failure);
  }
}
