import type { PlanRevision } from '@tidemark/planning';
import {
  createPlannerDesk,
  PlanSchedules,
  type CompanyPlanner,
  type PlannerDesk,
  type ScheduledRun,
  type Timer,
} from '@tidemark/runtime';
import { createBell, type Bell, type EventStore } from '@tidemark/streams';
import { judge, judgedDesk, type OnFailure } from './judged-desk.js';

/** What is told of the planning of companies. */
export interface PlanningNews {
  readonly onRevision: (company: string, revision: PlanRevision) => void;
  /** Told of every run that a plan's schedule asked for. */
  readonly onScheduledRun: (run: ScheduledRun) => void;
}

export interface PlannedCompanyOptions extends PlanningNews {
  readonly name: string;
  readonly store: EventStore;
  readonly planner: CompanyPlanner;
  readonly clock: { now(): number };
  readonly timer: Timer;
  /** Told when planning cannot go on. */
  readonly onFailure: OnFailure;
}

/** A company that is planned in this process: its planner, its schedules, its desk. */
export class PlannedCompany {
  readonly name: string;
  readonly planner: CompanyPlanner;
  /** What is asked of the planner itself. */
  readonly desk: PlannerDesk;
  /** Rings whenever a plan of the company has a new revision in the log. */
  readonly bell: Bell = createBell();
  readonly #options: PlannedCompanyOptions;
  #schedules: PlanSchedules | undefined;
  #isReady = false;
  #isStopping = false;

  constructor(options: PlannedCompanyOptions) {
    const { name, planner, store, onFailure } = options;
    this.#options = options;
    this.name = name;
    this.planner = planner;
    this.desk = judgedDesk(createPlannerDesk(planner, store), onFailure);
    this.planner.onRevision((revision) => {
      options.onRevision(name, revision);
      this.bell.ring();
    });
  }

  /** The plans hold everything that the log held when the company was opened. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Starts following; resolves when the log is folded to its present end. */
  async start(): Promise<void> {
    const { onFailure } = this.#options;
    this.planner.follow(onFailure);
    await this.planner.catchUp().catch(judge(onFailure));
    this.#isReady = true;
    this.#startSchedules();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.bell.silence();
    await this.#schedules?.stop();
    await this.planner.stop();
  }

  #startSchedules(): void {
    if (this.#isStopping) return;
    const { store, name: company, planner, clock, timer, onFailure } = this.#options;
    const { onScheduledRun: onRun } = this.#options;
    this.#schedules = new PlanSchedules({ store, company, planner, clock, timer, onRun });
    this.#schedules.start(onFailure);
  }
}
