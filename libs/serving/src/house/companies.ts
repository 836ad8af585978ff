import type { PlanRevision } from '@tidemark/planning';
import {
  createIntake,
  createPlanner,
  PlanSchedules,
  type Intake,
  type ReadModels,
  type ScheduledRun,
  type SnapshotOptions,
  type Timer,
} from '@tidemark/runtime';
import { logBatches, type EventStore } from '@tidemark/streams';
import { parseStreamName, streamFamilies, wireLimits } from '@tidemark/wire';
import { Company } from './company.js';

export interface CompaniesOptions {
  readonly store: EventStore;
  /** What readers are answered from. */
  readonly models: ReadModels;
  readonly clock: { now(): number };
  /** Told when a company can be planned no more: the process must end. */
  readonly onFailure: (company: string, failure: unknown) => void;
  readonly onRevision: (company: string, revision: PlanRevision) => void;
  readonly timer: Timer;
  /** Told of every run that a plan's schedule asked for. */
  readonly onScheduledRun: (run: ScheduledRun) => void;
  /** Absent: every start folds the log from its beginning. */
  readonly snapshots?: SnapshotOptions;
}

/** Every company has something in one of these: an item, a day, a plan, a kept event. */
const tellingFamilies = (['masterData', 'days', 'plans', 'intake'] as const).map(
  (family) => `${streamFamilies[family]}/`,
);

/** The companies of one installation, each with its planner; one way in for all of them. */
export class Companies {
  readonly intake: Intake;
  readonly #options: CompaniesOptions;
  readonly #companies = new Map<string, Company>();
  readonly #starting = new Set<Promise<void>>();
  readonly #schedules: PlanSchedules[] = [];
  #hasFailed = false;
  #isStopping = false;

  constructor(options: CompaniesOptions) {
    this.#options = options;
    const { store, clock, snapshots } = options;
    this.intake = createIntake({ store, clock, ...(snapshots && { snapshots }) });
  }

  /** Opens every company of the log; each starts to fold at once. */
  async openAll(): Promise<void> {
    const { store } = this.#options;
    const names = new Set<string>();
    for await (const { events } of logBatches(store, { streamPrefixes: tellingFamilies })) {
      for (const { stream } of events) {
        const name = parseStreamName(stream);
        if (name !== undefined) names.add(name.company);
      }
    }
    for (const name of names) this.open(name);
  }

  /** The company of this name, if it has events. */
  find(name: string): Company | undefined {
    return this.#companies.get(name);
  }

  names(): readonly string[] {
    return [...this.#companies.keys()].toSorted();
  }

  /** The company of this name; opened now if it was not. */
  open(name: string): Company {
    const known = this.#companies.get(name);
    if (known !== undefined) return known;
    const made = this.#make(name);
    this.#companies.set(name, made);
    const starting = made
      .start()
      .then(() => this.#startSchedules(made))
      .catch((failure: unknown) => this.#fail(name, failure));
    this.#starting.add(starting);
    void starting.finally(() => this.#starting.delete(starting));
    return made;
  }

  /** Resolves when every company that was opened so far has folded the log. */
  async ready(): Promise<void> {
    await Promise.all(this.#starting);
  }

  /** All plans hold what the log held, and nothing has failed. */
  get isReady(): boolean {
    const companies = [...this.#companies.values()];
    return !this.#hasFailed && !this.#isStopping && companies.every(({ isReady }) => isReady);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#schedules.map((schedules) => schedules.stop()));
    await Promise.all([...this.#companies.values()].map((company) => company.stop()));
    await Promise.all(this.#starting);
    await this.intake.stop();
  }

  #make(name: string): Company {
    const { store, clock, models, onRevision, snapshots } = this.#options;
    const { intake } = this;
    const planner = createPlanner({
      ...(snapshots && { snapshots }),
      store,
      company: name,
      clock,
      exclusively: (action) => intake.exclusively(name, action),
    });
    return new Company({
      name,
      store,
      planner,
      models,
      onFailure: (failure) => this.#fail(name, failure),
      onRevision: (revision) => onRevision(name, revision),
    });
  }

  #startSchedules({ name, planner }: Company): void {
    if (this.#isStopping) return;
    const { store, clock, timer, onScheduledRun } = this.#options;
    const asked = { store, company: name, planner, clock, timer, onRun: onScheduledRun };
    const schedules = new PlanSchedules(asked);
    schedules.start((failure) => this.#fail(name, failure));
    this.#schedules.push(schedules);
  }

  #fail(company: string, failure: unknown): void {
    if (this.#hasFailed || this.#isStopping) return;
    this.#hasFailed = true;
    this.#options.onFailure(company, failure);
  }
}

/** Whether a text can name a company: see `wireLimits`. */
export function isCompanyName(name: string): boolean {
  return (
    name.length <= wireLimits.companyCharacters && /^[^/%\p{C}]+$/u.test(name) && name.trim() !== ''
  );
}
