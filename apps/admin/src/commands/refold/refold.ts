import type { ParameterFinding, PlanRevision, PlanView, RunTraceEvent } from '@tidemark/planning';
import { PlanFold } from '@tidemark/runtime';
import {
  comparePositions,
  logBatches,
  origin,
  type EventStore,
  type Position,
  type StoredEvent,
} from '@tidemark/streams';
import { inputStreamsOf, type CompanyStreams } from '@tidemark/wire';
import { CommandFailed } from '../outcome.js';

export interface RefoldOptions {
  readonly store: EventStore;
  readonly company: string;
  readonly onEvents?: (events: number) => void;
  /** Is told what every run does (TX-1). */
  readonly trace?: (event: RunTraceEvent) => void;
}

/**
 * The log of a company folded from its beginning by an engine of its own, without snapshots and
 * without what any plan has published. What follows what is settled as in the planner itself.
 */
export class Refold {
  readonly #options: RefoldOptions;
  readonly #inputs: CompanyStreams;
  readonly #fold: PlanFold;
  #position: Position = origin;
  events = 0;

  constructor(options: RefoldOptions) {
    this.#options = options;
    this.#inputs = inputStreamsOf(options.company);
    this.#fold = new PlanFold(options.company, options.trace);
  }

  /** Folds on, up to and including the position. */
  async through(limit: Position): Promise<void> {
    for await (const event of this.#eventsUpTo(limit)) {
      this.events += 1;
      make(this.#fold.take(event));
    }
    make(this.#fold.follow());
  }

  async *#eventsUpTo(limit: Position): AsyncGenerator<StoredEvent, void, void> {
    const stretch = { after: this.#position, streamPrefixes: this.#inputs.prefixes };
    for await (const { events, through } of logBatches(this.#options.store, stretch)) {
      for (const event of events) {
        if (comparePositions(event.position, limit) > 0) return;
        if (this.#inputs.holds(event.stream)) yield event;
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
      const run = this.#fold.engine.run({ plan: id, mode: 'regeneration' }, this.#position);
      if (!run.ok) throw new CommandFailed(run.failure.message);
    }
    const view = this.#fold.engine.view(id);
    if (view === undefined) throw new CommandFailed(`The log defines no plan ${id}.`);
    return view;
  }

  /** The settings of a plan that deserve a warning. */
  checkParameters(id: string): readonly ParameterFinding[] {
    return this.#fold.engine.checkParameters(id);
  }

  #isExact(plan: string): boolean {
    return this.#fold.engine.view(plan)?.definition.continuity === 'exact';
  }
}

/** Makes the revisions that an event leads to; here nobody publishes them. */
function make(revisions: Iterable<PlanRevision>): void {
  for (const _ of revisions);
}
