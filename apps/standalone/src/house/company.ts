import { failed, success, type Result } from '@tidemark/kernel';
import type { PlanRevision, PlanView } from '@tidemark/planning';
import type { CompanyPlanner } from '@tidemark/runtime';
import {
  comparePositions,
  createBell,
  Outage,
  StoreClosed,
  type Bell,
  type EventStore,
} from '@tidemark/streams';
import { planStream, type WireRefusal } from '@tidemark/wire';
import { PlanFeed } from './plan-feed.js';
import { PlanLists } from './plan-lists.js';
import { refusals } from './refusals.js';

export interface CompanyOptions {
  readonly name: string;
  readonly store: EventStore;
  readonly planner: CompanyPlanner;
  /** Told once when planning cannot go on. */
  readonly onFailure: (failure: unknown) => void;
  readonly onRevision: (revision: PlanRevision) => void;
}

/** One moment of a plan: read all that is needed before the next `await`. */
export interface PlanMoment {
  readonly plan: string;
  readonly view: PlanView;
  readonly lists: PlanLists;
}

export interface Wanted {
  readonly plan: string;
  /** The position that the answer must have folded. */
  readonly minPosition?: string;
}

export const readLimits = { waitMs: 10_000 } as const;

/** A company that is planned here: its planner, and what readers see of its plans. */
export class Company {
  readonly name: string;
  readonly planner: CompanyPlanner;
  readonly #options: CompanyOptions;
  readonly #lists = new Map<string, PlanLists>();
  /** Rings whenever a plan of the company has a new revision in the log. */
  readonly #bell: Bell = createBell();
  #isReady = false;

  constructor(options: CompanyOptions) {
    this.#options = options;
    this.name = options.name;
    this.planner = options.planner;
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

  /**
   * Looks at a plan as it stands between two runs, with everything folded that the log holds now.
   * Refused with UNKNOWN_PLAN, POSITION_NOT_REACHED.
   */
  async read<Value>(
    wanted: Wanted,
    look: (moment: PlanMoment) => Value,
  ): Promise<Result<Value, WireRefusal>> {
    const { planner } = this;
    // In the very turn that folding ended: nothing has begun to change the plan again.
    const looking = planner.catchUp().then(() => this.#look(wanted, look), this.#judge);
    const looked = await withinTime(looking, readLimits.waitMs);
    return looked ?? failed(refusals.position('the end of the log', planner.position));
  }

  /** What the company's plans are, between two runs. */
  async readAll<Value>(look: (views: readonly PlanView[]) => Value): Promise<Value | undefined> {
    const { planner } = this;
    const all = (): Value =>
      look(
        planner.planIds().flatMap((id) => {
          const view = planner.view(id);
          return view === undefined ? [] : [view];
        }),
      );
    return withinTime(planner.catchUp().then(all, this.#judge), readLimits.waitMs);
  }

  /** Settles a command, a run, a copy or a promise. */
  settle<Answer>(act: (planner: CompanyPlanner) => Promise<Answer>): Promise<Answer> {
    return act(this.planner).catch(this.#judge);
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

  #look<Value>(
    { plan, minPosition }: Wanted,
    look: (moment: PlanMoment) => Value,
  ): Result<Value, WireRefusal> {
    const { position } = this.planner;
    if (minPosition !== undefined && comparePositions(position, minPosition) < 0) {
      return failed(refusals.position(minPosition, position));
    }
    const view = this.planner.planIds().includes(plan) ? this.planner.view(plan) : undefined;
    if (view === undefined) return failed(refusals.plan(plan, this.planner.planIds()));
    return success(look({ plan, view, lists: this.#listsOf(plan, view) }));
  }

  /** Lists are worked out once a revision and kept for the readers that follow. */
  #listsOf(plan: string, view: PlanView): PlanLists {
    const kept = this.#lists.get(plan);
    if (kept?.isOf(view) === true) return kept;
    const made = new PlanLists(view);
    this.#lists.set(plan, made);
    return made;
  }
}

/** Undefined if it takes longer. */
async function withinTime<Value>(
  work: Promise<Value>,
  milliseconds: number,
): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
