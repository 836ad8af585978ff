import { createPlanningEngine, type ParameterFinding, type PlanView } from '@tidemark/planning';
import {
  comparePositions,
  logBatches,
  origin,
  type EventStore,
  type Position,
  type StoredEvent,
} from '@tidemark/streams';
import {
  companyPrefix,
  daysStream,
  decisionsStream,
  masterDataStream,
  plansStream,
  toPlannerEvent,
  toPlanningInput,
  type PlannerEvent,
} from '@tidemark/wire';
import { CommandFailed } from '../outcome.js';

export interface RefoldOptions {
  readonly store: EventStore;
  readonly company: string;
  readonly onEvents?: (events: number) => void;
}

/**
 * The log of a company folded from its beginning by an engine of its own, without snapshots and
 * without what any plan has published. Plans that are not exact follow and run as they did then.
 */
export class Refold {
  readonly #options: RefoldOptions;
  readonly #journals: string;
  readonly #others: ReadonlySet<string>;
  readonly #engine = createPlanningEngine();
  #position: Position = origin;
  events = 0;

  constructor(options: RefoldOptions) {
    const { company } = options;
    this.#options = options;
    this.#journals = `${companyPrefix('journal', company)}/`;
    this.#others = new Set([
      masterDataStream(company),
      daysStream(company),
      plansStream(company),
      decisionsStream(company),
    ]);
  }

  /** Folds on, up to and including the position. */
  async through(limit: Position): Promise<void> {
    const streamPrefixes = [this.#journals, ...this.#others];
    const stretch = { after: this.#position, streamPrefixes };
    for await (const { events, through } of logBatches(this.#options.store, stretch)) {
      for (const event of events) {
        if (comparePositions(event.position, limit) > 0) return;
        if (this.#isInput(event)) this.#take(event);
        this.#position = event.position;
      }
      this.#options.onEvents?.(this.events);
      if (comparePositions(through, limit) >= 0) return;
      this.#position = through;
    }
  }

  /**
   * The plan as the log makes it: an exact one regenerated, any other as its runs left it.
   *
   * @throws CommandFailed if the log defines no such plan by now.
   */
  plan(id: string): PlanView {
    if (this.#isExact(id)) {
      const run = this.#engine.run({ plan: id, mode: 'regeneration' }, this.#position);
      if (!run.ok) throw new CommandFailed(run.failure.message);
    }
    const view = this.#engine.view(id);
    if (view === undefined) throw new CommandFailed(`The log defines no plan ${id}.`);
    return view;
  }

  /** The settings of a plan that deserve a warning. */
  checkParameters(id: string): readonly ParameterFinding[] {
    return this.#engine.checkParameters(id);
  }

  /** A prefix also matches the streams of a company whose name goes on. */
  #isInput({ stream }: StoredEvent): boolean {
    return stream.startsWith(this.#journals) || this.#others.has(stream);
  }

  #take(event: StoredEvent): void {
    this.events += 1;
    const planned = toPlannerEvent(event);
    if (planned !== undefined) return this.#make(planned, event.position);
    const input = toPlanningInput(event);
    if (input === undefined) return;
    this.#engine.apply(input, event.position);
    for (const plan of this.#engine.planIds()) {
      const continuity = this.#engine.view(plan)?.definition.continuity;
      if (continuity === 'netChange' || continuity === 'netChangeMinimized') {
        this.#engine.follow(plan);
      }
    }
  }

  /** A run changes nothing of an exact plan (law 3), which is regenerated at the end. */
  #make(event: PlannerEvent, position: Position): void {
    if (event.kind === 'planCopied') {
      this.#engine.copyPlan(event.from, event.to, position);
    } else if (!this.#isExact(event.run.plan)) {
      this.#engine.run(event.run.request, position);
    }
  }

  #isExact(plan: string): boolean {
    return this.#engine.view(plan)?.definition.continuity === 'exact';
  }
}
