import { failed, success, type PlanDay, type Refusal, type Result } from '@tidemark/kernel';
import {
  createPlanningEngine,
  type PlanDefinition,
  type PlannerCommand,
  type PlanningEngine,
  type PlanRevision,
  type PlanView,
  type PromiseAnswer,
  type PromiseRequest,
  type RunRequest,
} from '@tidemark/planning';
import { origin, type EventStore, type Position, type StoredEvent } from '@tidemark/streams';
import { toPlannerEvent, toPlanningInput, type PlannerEvent } from '@tidemark/wire';
import { randomUUID } from 'node:crypto';
import { OwnDecisions } from './own-decisions.js';
import { isPublished, PlannerLog, type Published } from './planner-log.js';
import type { Retries } from '../intake/retries.js';

/** Who asks. */
export interface Asking {
  readonly principal: string;
}

/** What a decision, a run or a copy came to. */
export interface Settled {
  /** Everything that it recorded lies at or before this place. */
  readonly position: Position;
  /** The revisions that it led to, in order. */
  readonly revisions: readonly PlanRevision[];
}

export interface PlannerOptions {
  readonly store: EventStore;
  readonly company: string;
  readonly clock: { now(): number };
  readonly retries: Retries;
  /** Keeps batches of the company out while orders are firmed. */
  exclusively<Value>(action: () => Promise<Value>): Promise<Value>;
}

/**
 * The planner of one company: follows its inputs in commit order, keeps every plan, publishes each
 * revision, and settles commands one after the other. One process plans a company at a time.
 */
export class CompanyPlanner {
  readonly #options: PlannerOptions;
  readonly #log: PlannerLog;
  readonly #engine: PlanningEngine;
  readonly #listeners = new Set<(revision: PlanRevision) => void>();
  /** What each plan had published before this process; undefined: nothing. */
  readonly #published = new Map<string, Published | undefined>();
  /** Plans whose revisions are numbered on from the last one published. */
  readonly #resumed = new Set<string>();
  /** Number of the last revision of each plan, those that were deleted too. */
  readonly #lastNumbers = new Map<string, number>();
  /** Plans that follow change by change. */
  readonly #stepwise = new Set<string>();
  #position: Position = origin;
  #last: Promise<unknown> = Promise.resolve();
  #fresh: PlanRevision[] = [];
  readonly #ownDecisions = new OwnDecisions();
  #stopping = new AbortController();
  #following: Promise<void> | undefined;

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.#log = new PlannerLog(options);
    this.#engine = createPlanningEngine({ company: options.company });
  }

  /** Position up to which the inputs are folded. */
  get position(): Position {
    return this.#position;
  }

  planIds(): readonly string[] {
    return this.#engine.planIds();
  }

  currentPlan(kind: 'dynamic' | 'static'): string {
    return this.#engine.currentPlan(kind);
  }

  /** A plan as it stands; absent name: the current dynamic plan. */
  view(plan?: string): PlanView | undefined {
    return this.#engine.view(plan ?? this.#engine.currentPlan('dynamic'));
  }

  onRevision(listener: (revision: PlanRevision) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Folds the log to its present end and publishes what changed. */
  catchUp(): Promise<Position> {
    return this.#serially(() => this.#catchUp());
  }

  /** Follows the log until `stop`. `onFailure` is told why following ended, if it failed. */
  follow(onFailure: (failure: unknown) => void): void {
    this.#following = this.#followLog().catch(onFailure);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
    await this.#last.catch(() => undefined);
  }

  /** Decides a planner's command and records the decision, or refuses it. */
  command(command: PlannerCommand, asking: Asking): Promise<Result<Settled, Refusal>> {
    const settle = () => this.#serially(() => this.#decide(command, asking));
    return command.kind === 'firm' ? this.#options.exclusively(settle) : settle();
  }

  /** Records a run and makes it, or refuses it. */
  run(request: RunRequest, asking: Asking): Promise<Result<Settled, Refusal>> {
    return this.#serially(async () => {
      await this.#catchUp();
      const checked = this.#engine.checkRun(request);
      if (!checked.ok) return checked;
      const { plan, day } = checked.value;
      const cut = this.#position;
      const run = { id: randomUUID(), plan, request: { ...request, plan }, day, cut };
      return this.#record({ kind: 'runRecorded', run }, asking);
    });
  }

  copyPlan(from: string, to: string, asking: Asking): Promise<Result<Settled, Refusal>> {
    return this.#serially(async () => {
      await this.#catchUp();
      const refused = this.#engine.checkCopy(from, to);
      return refused === undefined
        ? this.#record({ kind: 'planCopied', from, to }, asking)
        : failed(refused);
    });
  }

  /** Answers when a quantity can be had; the plan stays as it is (PR-4). */
  promise(request: PromiseRequest): Promise<Result<PromiseAnswer, Refusal>> {
    return this.#serially(async () => {
      await this.#catchUp();
      return this.#engine.promise(request);
    });
  }

  async #decide(command: PlannerCommand, asking: Asking): Promise<Result<Settled, Refusal>> {
    await this.#catchUp();
    const decided = this.#engine.decide(command);
    if (!decided.ok) return decided;
    if (decided.value.length === 0) return success({ position: this.#position, revisions: [] });
    const position = await this.#log.recordDecisions(decided.value, asking.principal);
    return this.#settled(position);
  }

  async #record(event: PlannerEvent, { principal }: Asking): Promise<Result<Settled, Refusal>> {
    return this.#settled(await this.#log.recordRun(event, principal));
  }

  async #settled(position: Position): Promise<Result<Settled, Refusal>> {
    this.#fresh = [];
    await this.#catchUp();
    return success({ position, revisions: this.#fresh });
  }

  async #followLog(): Promise<void> {
    await this.catchUp();
    for await (const _ of this.#log.follow(this.#position, this.#stopping.signal)) {
      await this.catchUp();
    }
  }

  async #catchUp(): Promise<Position> {
    do {
      for await (const { events, through } of this.#log.inputs(this.#position)) {
        for (const event of events) await this.#take(event);
        await this.#followPlans();
        this.#position = through;
      }
    } while (await this.#recordOwnDecisions());
    return this.#position;
  }

  /** Records what fences and runs decided; true if there was something. */
  async #recordOwnDecisions(): Promise<boolean> {
    const decisions = this.#ownDecisions.take();
    if (decisions.length === 0) return false;
    const record = () => this.#log.recordDecisions(decisions, 'planner');
    const firms = decisions.some(({ kind }) => kind === 'ordersFirmed');
    await (firms ? this.#options.exclusively(record) : record());
    return true;
  }

  async #take(event: StoredEvent): Promise<void> {
    const planned = toPlannerEvent(event);
    if (planned !== undefined) {
      await this.#followPlans();
      await this.#make(planned, event.position);
      return;
    }
    const input = toPlanningInput(event);
    if (input === undefined) return;
    if (input.kind === 'planDefined') await this.#definePlan(input.plan);
    if (input.kind === 'day') await this.#decideDay(input.day);
    this.#engine.apply(input, event.position);
    if (input.kind === 'planDefined') this.#goOnNumbering(input.plan.id);
    if (input.kind === 'decision') this.#ownDecisions.settled(input.decision);
    await this.#followAtOnce(event.position);
  }

  async #definePlan({ id, continuity }: PlanDefinition): Promise<void> {
    if (!this.#published.has(id)) this.#published.set(id, await this.#log.published(id));
    if (continuity === 'netChange' || continuity === 'netChangeMinimized') this.#stepwise.add(id);
    else this.#stepwise.delete(id);
  }

  /** A plan that is defined again after it was deleted goes on in the same stream. */
  #goOnNumbering(plan: string): void {
    const last = this.#lastNumbers.get(plan);
    if (last !== undefined) this.#engine.resume(plan, last);
  }

  /** Fences decide from the plan as it stands before the day (TF-2, TF-3). */
  async #decideDay(day: PlanDay): Promise<void> {
    await this.#followPlans();
    for (const plan of this.#engine.planIds()) {
      const decisions = this.#engine.decideDay(plan, day);
      this.#ownDecisions.ofDay(plan, day, decisions);
    }
  }

  /** Plans by net change follow change by change; others when a batch is folded (PL-7). */
  async #followAtOnce(position: Position): Promise<void> {
    for (const plan of this.#engine.planIds()) {
      const resumesHere = this.#published.get(plan)?.position === position;
      if (this.#stepwise.has(plan) || resumesHere) await this.#followToEnd(plan);
      if (resumesHere && !this.#resumed.has(plan)) this.#resume(plan);
    }
  }

  /** The plan stands as it was when its last revision was published: numbers go on from there. */
  #resume(plan: string): void {
    const published = this.#published.get(plan);
    if (published === undefined) return;
    this.#engine.resume(plan, published.revision);
    this.#resumed.add(plan);
  }

  async #followPlans(): Promise<void> {
    for (const plan of this.#engine.planIds()) {
      // Nothing is planned between a day and what the fences decide on it.
      if (!this.#ownDecisions.isWaiting(plan)) await this.#followToEnd(plan);
    }
  }

  /** Decisions, explosions that inputs called for, then what is behind: each a revision. */
  async #followToEnd(plan: string): Promise<void> {
    let revision = this.#engine.follow(plan);
    for (; revision !== undefined; revision = this.#engine.follow(plan)) {
      await this.#commit(revision);
    }
  }

  async #make(event: PlannerEvent, position: Position): Promise<void> {
    const outcome =
      event.kind === 'runRecorded'
        ? this.#engine.run(event.run.request, position)
        : this.#engine.copyPlan(event.from, event.to, position);
    if (!outcome.ok) return;
    await this.#commit(outcome.value);
  }

  /** Publishes a revision, unless an earlier process has done so. */
  async #commit(revision: PlanRevision): Promise<void> {
    this.#lastNumbers.set(revision.plan, revision.revision);
    const before = this.#published.get(revision.plan);
    if (before !== undefined && isPublished(revision, before)) {
      const last = revision.position === before.position && revision.step === before.step;
      if (last) this.#resume(revision.plan);
      return;
    }
    await this.#log.publish(revision);
    this.#fresh.push(revision);
    for (const listener of this.#listeners) listener(revision);
    this.#ownDecisions.ofRun(revision.decisions);
  }

  #serially<Value>(action: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(action, action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
