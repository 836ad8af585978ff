import type { PlanRevision } from '@tidemark/planning';
import {
  CompanyReader,
  createPlannerDesk,
  type CompanyPlanner,
  type PlannerDesk,
  type ReadModels,
} from '@tidemark/runtime';
import { createBell, Outage, StoreClosed, type Bell, type EventStore } from '@tidemark/streams';
import { planStream } from '@tidemark/wire';
import { PlanFeed } from './plan-feed.js';

export interface CompanyOptions {
  readonly name: string;
  readonly store: EventStore;
  readonly planner: CompanyPlanner;
  readonly models: ReadModels;
  /** Told once when planning cannot go on. */
  readonly onFailure: (failure: unknown) => void;
  readonly onRevision: (revision: PlanRevision) => void;
}

/** A company that is planned here: its planner, and what readers see of it. */
export class Company {
  readonly name: string;
  readonly planner: CompanyPlanner;
  /** What is asked of the planner itself. */
  readonly desk: PlannerDesk;
  /** Everything else is read. */
  readonly reader: CompanyReader;
  readonly #options: CompanyOptions;
  /** Rings whenever a plan of the company has a new revision in the log. */
  readonly #bell: Bell = createBell();
  #isReady = false;

  constructor(options: CompanyOptions) {
    const { name, planner, store, models } = options;
    this.#options = options;
    this.name = name;
    this.planner = planner;
    this.desk = this.#judged(createPlannerDesk(planner, store));
    this.reader = new CompanyReader({ company: name, models, desk: this.desk });
    this.planner.onRevision((revision) => {
      options.onRevision(revision);
      this.#bell.ring();
    });
  }

  /** The plans hold everything that the log held when the company was opened. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Starts following; resolves when the log is folded to its present end. */
  async start(): Promise<void> {
    this.planner.follow(this.#options.onFailure);
    await this.planner.catchUp().catch(this.#judge);
    this.#isReady = true;
  }

  async stop(): Promise<void> {
    this.#bell.silence();
    await this.planner.stop();
  }

  /** The revisions of a plan as the log holds them. */
  feed(plan: string): PlanFeed {
    const { store } = this.#options;
    return new PlanFeed({ store, stream: planStream(this.name, plan), bell: this.#bell });
  }

  /** What an outage explains may be asked again; anything else ends the planning here. */
  readonly #judge = (failure: unknown): never => {
    const passes = failure instanceof Outage && !failure.fatal;
    if (!passes && !(failure instanceof StoreClosed)) this.#options.onFailure(failure);
    throw failure;
  };

  #judged(desk: PlannerDesk): PlannerDesk {
    return {
      command: (command, asking) => desk.command(command, asking).catch(this.#judge),
      run: (request, asking) => desk.run(request, asking).catch(this.#judge),
      copyPlan: (from, to, asking) => desk.copyPlan(from, to, asking).catch(this.#judge),
      preview: (command) => desk.preview(command).catch(this.#judge),
      findings: (plan) => desk.findings(plan).catch(this.#judge),
      shortages: (plan, demands) => desk.shortages(plan, demands).catch(this.#judge),
      promise: (request) => desk.promise(request).catch(this.#judge),
      profile: (plan, item) => desk.profile(plan, item).catch(this.#judge),
      folded: (position) => desk.folded(position).catch(this.#judge),
    };
  }
}
