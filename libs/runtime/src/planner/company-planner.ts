import { failed, success, type Refusal, type Result } from '@tidemark/kernel';
import type { PlannerCommand, PlanRevision, PlanView, RunRequest } from '@tidemark/planning';
import { origin, type EventStore, type Position, type StoredEvent } from '@tidemark/streams';
import { toPlanningInput, type PlannerEvent, type PlannerProcess } from '@tidemark/wire';
import { randomUUID } from 'node:crypto';
import type { AskedPlans, Asking, Settled } from './asking.js';
import { PlanFold } from './plan-fold.js';
import { isPublished, PlannerLog, type Published } from './planner-log.js';
import { PlannerSnapshots } from './planner-snapshots.js';
import type { Retries } from '../intake/retries.js';
import type { SnapshotOptions } from '../snapshots/snapshots.js';

export interface PlannerOptions {
  readonly store: EventStore;
  readonly company: string;
  readonly clock: { now(): number };
  readonly retries: Retries;
  readonly process?: PlannerProcess;
  /** Absent: every start folds the log from its beginning. */
  readonly snapshots?: SnapshotOptions;
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
  readonly #snapshots: PlannerSnapshots;
  #fold: PlanFold;
  readonly #listeners = new Set<(revision: PlanRevision) => void>();
  /** What each plan had published before this process; undefined: nothing. */
  readonly #published = new Map<string, Published | undefined>();
  /** Plans whose revisions are numbered on from the last one published. */
  readonly #resumed = new Set<string>();
  #position: Position = origin;
  #last: Promise<unknown> = Promise.resolve();
  #fresh: PlanRevision[] = [];
  /** This turn keeps the batches of the company out. */
  #holdsIntake = false;
  /** The state is that of one place in the log: nothing broke off within a batch. */
  #isWhole = false;
  #stopping = new AbortController();
  #following: Promise<void> | undefined;

  constructor(options: PlannerOptions) {
    this.#options = options;
    this.#log = new PlannerLog(options);
    this.#snapshots = new PlannerSnapshots(options);
    this.#fold = new PlanFold(options.company);
  }

  /** Position up to which the inputs are folded. */
  get position(): Position {
    return this.#position;
  }

  planIds(): readonly string[] {
    return this.#fold.engine.planIds();
  }

  currentPlan(kind: 'dynamic' | 'static'): string {
    return this.#fold.engine.currentPlan(kind);
  }

  /** A plan as it stands; absent name: the current dynamic plan. */
  view(plan?: string): PlanView | undefined {
    return this.#fold.engine.view(plan ?? this.#fold.engine.currentPlan('dynamic'));
  }

  onRevision(listener: (revision: PlanRevision) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Takes the place of whoever planned the company before. Must be called before anything else
   * where several processes may plan it.
   */
  takeOver(): Promise<void> {
    return this.#serially(() => this.#log.takeOver());
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
    if (this.#isWhole) await this.#snapshots.end(this.#fold, this.#position);
  }

  /** Decides a planner's command and records the decision, or refuses it. */
  command(command: PlannerCommand, asking: Asking): Promise<Result<Settled, Refusal>> {
    const decide = () => this.#decide(command, asking);
    return this.#serially(() => (command.kind === 'firm' ? this.#exclusively(decide) : decide()));
  }

  /** Records a run and makes it, or refuses it. */
  run(request: RunRequest, asking: Asking): Promise<Result<Settled, Refusal>> {
    return this.#serially(async () => {
      await this.#catchUp();
      await this.#defineFirstPlan(asking);
      const checked = this.#fold.engine.checkRun(request);
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
      const refused = this.#fold.engine.checkCopy(from, to);
      return refused === undefined
        ? this.#record({ kind: 'planCopied', from, to }, asking)
        : failed(refused);
    });
  }

  /** Puts a question to the plans as they stand between two runs; nothing is changed by it. */
  ask<Answer>(question: (plans: AskedPlans) => Answer): Promise<Answer> {
    return this.#serially(async () => {
      await this.#catchUp();
      return question(this.#fold.engine);
    });
  }

  async #decide(command: PlannerCommand, asking: Asking): Promise<Result<Settled, Refusal>> {
    await this.#catchUp();
    await this.#defineFirstPlan(asking);
    const decided = this.#fold.engine.decide(command);
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
    this.#fold.refused = undefined;
    await this.#catchUp();
    const { refused } = this.#fold;
    return refused === undefined ? success({ position, revisions: this.#fresh }) : failed(refused);
  }

  async #followLog(): Promise<void> {
    await this.catchUp();
    for await (const _ of this.#log.follow(this.#position, this.#stopping.signal)) {
      await this.catchUp();
    }
  }

  async #catchUp(): Promise<Position> {
    this.#isWhole = false;
    if (this.#position === origin) await this.#restore();
    do {
      for await (const { events, through } of this.#log.inputs(this.#position)) {
        for (const event of events) await this.#take(event);
        for (const revision of this.#fold.follow()) await this.#commit(revision);
        this.#position = through;
      }
    } while (await this.#recordOwnDecisions());
    this.#isWhole = true;
    await this.#snapshots.takeIfDue(this.#fold, this.#position);
    return this.#position;
  }

  /** Begins with the newest snapshot; what its plans had published since is not told again. */
  async #restore(): Promise<void> {
    const restored = await this.#snapshots.restored();
    if (restored === undefined) return;
    for (const plan of restored.fold.engine.planIds()) {
      this.#published.set(plan, await this.#log.published(plan));
    }
    this.#fold = restored.fold;
    this.#position = restored.position;
  }

  /** Records what fences, runs and confirmed demand decided; true if there was something. */
  async #recordOwnDecisions(): Promise<boolean> {
    const own = this.#fold.ownDecisions.take();
    const decisions = own.length > 0 ? own : this.#fold.engine.decideConfirmed();
    if (decisions.length === 0) return false;
    const record = () => this.#log.recordDecisions(decisions, 'planner');
    const firms = decisions.some(({ kind }) => kind === 'ordersFirmed');
    await (firms ? this.#exclusively(record) : record());
    return true;
  }

  async #take(event: StoredEvent): Promise<void> {
    const { position } = event;
    await this.#readPublished(event);
    const resumesHere = (plan: string): boolean => this.#published.get(plan)?.position === position;
    for (const revision of this.#fold.take(event, resumesHere)) await this.#commit(revision);
    for (const plan of this.#fold.engine.planIds()) {
      if (resumesHere(plan) && !this.#resumed.has(plan)) this.#resume(plan);
    }
  }

  /** What a plan has published is read when its definition comes along. */
  async #readPublished(event: StoredEvent): Promise<void> {
    if (event.type !== 'PlanDefined') return;
    const input = toPlanningInput(event);
    if (input?.kind !== 'planDefined') return;
    if (!this.planIds().includes(input.plan.id))
      await this.#snapshots.recall(this.#fold, this.#log);
    if (this.#published.has(input.plan.id)) return;
    this.#published.set(input.plan.id, await this.#log.published(input.plan.id));
  }

  /** Without any plan, one with defaults is made and recorded: it is both (PL-1). */
  async #defineFirstPlan({ principal }: Asking): Promise<void> {
    while (this.#fold.engine.planIds().length === 0) {
      await this.#log.recordFirstPlan(principal);
      await this.#catchUp();
    }
  }

  /** The plan stands as it was when its last revision was published: numbers go on from there. */
  #resume(plan: string): void {
    const published = this.#published.get(plan);
    if (published === undefined) return;
    this.#fold.engine.resume(plan, published.revision);
    this.#resumed.add(plan);
  }

  /** Publishes a revision, unless an earlier process has done so. */
  async #commit(revision: PlanRevision): Promise<void> {
    const before = this.#published.get(revision.plan);
    if (before !== undefined && isPublished(revision, before)) {
      const last = revision.position === before.position && revision.step === before.step;
      if (last) this.#resume(revision.plan);
      return;
    }
    await this.#log.publish(revision);
    this.#fresh.push(revision);
    for (const listener of this.#listeners) listener(revision);
    this.#fold.ownDecisions.ofRun(revision.decisions);
  }

  /**
   * Keeps batches of the company out. Taken within a turn, never before one: whoever waits for a
   * turn holds nothing that the turn before it may want.
   */
  async #exclusively<Value>(action: () => Promise<Value>): Promise<Value> {
    if (this.#holdsIntake) return action();
    return this.#options.exclusively(async () => {
      this.#holdsIntake = true;
      try {
        return await action();
      } finally {
        this.#holdsIntake = false;
      }
    });
  }

  #serially<Value>(action: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(action, action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
