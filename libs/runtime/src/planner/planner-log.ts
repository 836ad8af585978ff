import { randomUUID } from 'node:crypto';
import type { Decision, PastInput, PlanRevision } from '@tidemark/planning';
import {
  appendInChunks,
  comparePositions,
  logBatches,
  noEvents,
  origin,
  streamPages,
  type EventStore,
  type Position,
  type StoredEvent,
} from '@tidemark/streams';
import {
  decisionsStream,
  encodeDecision,
  encodeFact,
  encodePlannerEvent,
  encodeRevision,
  factTypes,
  inputStreamsOf,
  metaOf,
  planStream,
  plansStream,
  toPlanningInput,
  type CompanyStreams,
  type PlannerProcess,
  type PlannerEvent,
  type StoredContent,
} from '@tidemark/wire';
import type { Retries } from '../intake/retries.js';
import { Fence, PlannerReplaced } from './fence.js';
import { lastCommit } from './last-commit.js';

interface PlannerLogOptions {
  readonly store: EventStore;
  readonly company: string;
  readonly clock: { now(): number };
  readonly retries: Retries;
  /** This process among several that may plan the company; absent: there is no other. */
  readonly process?: PlannerProcess;
}

/** What a plan had published before this process began. */
export interface Published {
  readonly revision: number;
  readonly position: Position;
  readonly step: number;
}

const eventsPerBatch = 2_000;

/** The streams of one company as its planner reads and writes them. */
export class PlannerLog {
  readonly #options: PlannerLogOptions;
  readonly #inputs: CompanyStreams;
  readonly #fence: Fence;

  constructor(options: PlannerLogOptions) {
    this.#options = options;
    this.#inputs = inputStreamsOf(options.company);
    const { store, retries, clock, process } = options;
    this.#fence = new Fence({ store, retries, clock, process });
  }

  /** Before anything else: from here on no other planner of the company can write. */
  async takeOver(): Promise<void> {
    const { company } = this.#options;
    await this.#fence.mark(decisionsStream(company));
    await this.#fence.mark(plansStream(company));
  }

  /** The inputs after `after`, batch by batch, to where the log ends now. */
  async *inputs(after: Position): AsyncGenerator<InputBatch, void, void> {
    const stretch = { after, streamPrefixes: this.#inputs.prefixes, limit: eventsPerBatch };
    for await (const { events, through } of logBatches(this.#options.store, stretch)) {
      const own = events.filter(({ stream }) => this.#inputs.holds(stream));
      for (const event of own) this.#fence.check(event);
      yield { events: own, through };
    }
  }

  /** The entries and decisions up to a place: what a plan starts from that is defined later. */
  async pastInputs(through: Position): Promise<PastInput[]> {
    const past: PastInput[] = [];
    for await (const { events } of this.inputs(origin)) {
      for (const event of events) {
        const { position } = event;
        if (comparePositions(position, through) > 0) return past;
        const input = toPlanningInput(event);
        if (input?.kind === 'entry' || input?.kind === 'decision') past.push({ input, position });
      }
    }
    return past;
  }

  /** Follows the inputs after `after` as they come, until the signal. */
  async *follow(after: Position, signal: AbortSignal): AsyncGenerator<void, void, void> {
    const options = { after, streamPrefixes: this.#inputs.prefixes, signal };
    for await (const batch of this.#options.store.follow(options)) {
      if (batch.events.length > 0) yield;
    }
  }

  /** What the plan has published so far; undefined if nothing. */
  async published(plan: string): Promise<Published | undefined> {
    const { store, company } = this.#options;
    const stream = planStream(company, plan);
    if ((await this.#fence.expected(stream)) === noEvents) return undefined;
    return lastCommit(store, stream);
  }

  /** @throws PlannerReplaced when another planner published in between. */
  async publish(revision: PlanRevision): Promise<void> {
    const { store, company, clock, retries } = this.#options;
    const meta = metaOf('planner', clock.now());
    const id = randomUUID();
    const events = encodeRevision(company, revision).map((content, at) => ({
      id: `${id}-${at}`,
      meta,
      ...content,
    }));
    const stream = planStream(company, revision.plan);
    const expected = await this.#fence.expected(stream);
    const outcome = await retries.run(() =>
      appendInChunks(store, stream, { id, events, expected }),
    );
    if (!outcome.ok) {
      const found = `published a revision of plan ${revision.plan}`;
      throw new PlannerReplaced(company, found);
    }
    this.#fence.saw(stream, outcome.value.revision);
  }

  recordDecisions(decisions: readonly Decision[], principal: string): Promise<Position> {
    const { company } = this.#options;
    return this.#append(
      decisionsStream(company),
      decisions.map((decision) => encodeDecision(company, decision)),
      principal,
    );
  }

  recordRun(event: PlannerEvent, principal: string): Promise<Position> {
    const { company } = this.#options;
    return this.#append(plansStream(company), [encodePlannerEvent(company, event)], principal);
  }

  /** Records the plan that a company has which defines none (PL-1); nothing if it defines one. */
  async recordFirstPlan(principal: string): Promise<void> {
    const { store, company, clock, retries } = this.#options;
    const stream = plansStream(company);
    await this.#fence.mark(stream);
    const { last, plans } = await this.#plansDefined(stream);
    if (plans > 0) return;
    const head = { type: 'plan.defined.v1', company, source: 'tidemark', id: 'dynamic' };
    const plan = { id: 'dynamic', kind: 'both' };
    const data = encodeFact({ ...head, version: 1, schemaVersion: 1 }, plan);
    const meta = metaOf(principal, clock.now());
    const event = { id: randomUUID(), meta, type: factTypes.planDefined, data };
    const outcome = await retries.run(() => store.append(stream, [event], last));
    if (outcome.ok) this.#fence.saw(stream, outcome.value.revision);
  }

  /** What the stream itself says: it may show a definition before the log does. */
  async #plansDefined(stream: string): Promise<{ readonly last: number; readonly plans: number }> {
    const plans = new Set<string>();
    let last = noEvents;
    for await (const page of streamPages(this.#options.store, stream)) {
      for (const event of page) {
        this.#fence.check(event);
        last = event.revision;
        const input = toPlanningInput(event);
        if (input?.kind === 'planDefined') plans.add(input.plan.id);
        if (input?.kind === 'planDeleted') plans.delete(input.plan);
      }
    }
    return { last, plans: plans.size };
  }

  /** The intake writes here too; what is decided does not depend on what it writes. */
  async #append(
    stream: string,
    contents: readonly StoredContent[],
    principal: string,
  ): Promise<Position> {
    const { store, clock, retries } = this.#options;
    const meta = metaOf(principal, clock.now());
    const id = randomUUID();
    const events = contents.map((content, at) => ({ id: `${id}-${at}`, meta, ...content }));
    for (;;) {
      const expected = await this.#fence.expected(stream);
      const outcome = await retries.run(() => store.append(stream, events, expected));
      if (outcome.ok) {
        this.#fence.saw(stream, outcome.value.revision);
        return outcome.value.position;
      }
      await this.#fence.lookAt(stream);
    }
  }
}

export interface InputBatch {
  readonly events: readonly StoredEvent[];
  readonly through: Position;
}

/** Whether a revision was published before this process began. */
export function isPublished(revision: PlanRevision, published: Published): boolean {
  const order = comparePositions(revision.position, published.position);
  return order < 0 || (order === 0 && revision.step <= published.step);
}
