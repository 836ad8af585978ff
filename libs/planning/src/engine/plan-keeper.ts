import { planDayOf, type Refusal, type StateExchange } from '@tidemark/kernel';
import type { JournalEntry } from '@tidemark/journal';
import type { PlanDefinition } from '../api/plan-definition.js';
import type { NodeCause, PlanRevision } from '../api/runs.js';
import { RunLog } from '../runs/run-log.js';
import { reportOf } from '../runs/run-report.js';
import { sweep, type SweepMode } from '../runs/sweep.js';
import { exchangePlan } from '../state/exchange-plan.js';
import { applyEntry, renode, unapplyEntry } from '../state/apply-entry.js';
import { nodesKeptFor } from '../state/kept-supply.js';
import type { PlanNode } from '../state/plan-node.js';
import { PlanState, type World } from '../state/plan-state.js';
import { differenceOf } from '../view/difference.js';
import { decisionsAfter } from './decisions-after.js';
import { FindingsBook } from './findings.js';
import { itemOf } from './known-items.js';
import type { ExplosionTrigger } from './explosion-trigger.js';
import { openMinimumNodes } from './minimum-nodes.js';
import { overfullFindings } from './overfull-nodes.js';
import { PendingEntries } from './pending-entries.js';
import { RevisionNumbers, type RevisionNumber } from './revision-numbers.js';
import { TouchedNodes } from './touched-nodes.js';
import { itemsNamed } from './session-of.js';
import { workingSetOf, type Session, type WorkingSet } from './working-set.js';

/**
 * One plan: its state, the entries it has not folded (per item), the nodes that its inputs touched,
 * and its revisions. Every run goes through `commit`, so a revision is always a whole run.
 */
export class PlanKeeper {
  readonly world: World;
  state: PlanState;
  pending = new PendingEntries();
  readonly #touched = new TouchedNodes();
  /** Nodes that a decision on this plan touched: shown at once, whatever the continuity. */
  readonly #decided = new TouchedNodes();
  readonly #triggers: ExplosionTrigger[] = [];
  #everything: NodeCause[] = [];
  /** Settings changed since the nodes that a minimum needs were opened. */
  #minimumsUnknown = true;
  readonly numbers = new RevisionNumbers();
  readonly findings = new FindingsBook();
  tidemark = '';
  /** The day of the next run. */
  today: number;

  constructor(world: World, definition: PlanDefinition, today: number) {
    this.world = world;
    this.state = new PlanState(world, definition, today);
    this.today = today;
  }

  get definition(): PlanDefinition {
    return this.state.definition;
  }

  /** It plans whatever changes by itself. */
  get follows(): boolean {
    return this.definition.continuity !== 'onRequest';
  }

  get isExact(): boolean {
    return this.definition.continuity === 'exact';
  }

  *exchange(io: StateExchange): Generator<void, void, void> {
    yield* exchangePlan(this.state, io);
    const { pending, numbers, findings } = this;
    for (const part of [pending, this.#touched, this.#decided, numbers, findings])
      part.exchange(io);
    io.list(this.#triggers);
    this.#everything = io.value(this.#everything);
    this.#minimumsUnknown = io.value(this.#minimumsUnknown);
    this.tidemark = io.value(this.tidemark);
    this.today = io.value(this.today);
  }

  addEntry(entry: JournalEntry, position: string): void {
    this.pending.add(entry, position);
  }

  /** Folds an entry of a decision on this plan at once, ahead of others that wait. */
  applyNow(entry: JournalEntry, cause: NodeCause): void {
    applyEntry(this.state, entry, (node) => this.decide(node, cause));
  }

  /** Something that bears on one node was put in: it is planned by the next run. */
  touch(node: PlanNode, cause: NodeCause): void {
    this.#touched.add(node, cause);
  }

  /** A decision on this plan bears on the node; a plan that follows plans it at once (PL-7). */
  decide(node: PlanNode, cause: NodeCause): void {
    (this.follows ? this.#touched : this.#decided).add(node, cause);
  }

  trigger(trigger: ExplosionTrigger): void {
    this.#triggers.push(trigger);
  }

  takeTrigger(): ExplosionTrigger | undefined {
    return this.#triggers.shift();
  }

  /** Settings of one item changed: its rows go to the nodes they now call for. */
  itemChanged(item: string, cause: NodeCause): void {
    const record = this.world.master.item(item);
    if (record === undefined) return;
    this.#minimumsUnknown = true;
    renode(this.state, record, (node) => this.touch(node, cause));
    for (const node of this.state.nodesOfItem.get(item) ?? []) {
      node.parameters = undefined;
      this.state.placeNode(node);
      this.touch(node, cause);
    }
  }

  /** What orders of these items are exploded into changed. */
  touchItems(items: Iterable<string>, cause: NodeCause): void {
    for (const item of items) {
      for (const node of this.state.nodesOfItem.get(item) ?? []) this.touch(node, cause);
    }
  }

  /** Something that bears on all nodes: the day, a calendar, a group. */
  touchEverything(cause: NodeCause): void {
    this.#everything.push(cause);
    this.#minimumsUnknown = true;
    for (const node of this.state.nodes.values()) node.parameters = undefined;
  }

  /** Folds all entries at once, without planning: what a new plan starts from. */
  foldAll(): void {
    // The plan itself is the cause of its first revision, not every entry before it.
    const entries = this.pending.items().flatMap((item) => this.pending.take(item));
    for (const { entry } of entries) applyEntry(this.state, entry, () => undefined);
    this.#touched.clear();
  }

  /** A new plan that waits for runs shows what it has folded, uncovered. */
  showAll(cause: NodeCause): void {
    this.#openMinimumNodes();
    for (const node of this.state.nodes.values()) this.decide(node, cause);
  }

  /** BOMs changed: nodes whose level moved are put in their new place. */
  relevel(): void {
    for (const node of this.state.nodes.values()) this.state.placeNode(node);
  }

  /** True if a plan that follows has something to do. */
  isBehind(): boolean {
    this.#openMinimumNodes();
    return !this.pending.isEmpty || this.#touched.size > 0 || this.#everything.length > 0;
  }

  /** True if a decision on this plan is to be shown. */
  get hasDecisions(): boolean {
    return this.#decided.size > 0;
  }

  /** Folds what the session may fold, plans, and commits the difference as one revision. */
  commit(session: Session, findings: () => readonly Refusal[]): PlanRevision {
    const log = new RunLog();
    if (session.mode !== 'decision') this.#moveDay();
    this.#foldSession(session, log);
    const workingSet = workingSetOf(this, session);
    const start = this.#startOf(session, workingSet, log);
    const covered = sweep(this.state, start, this.#preparing(session, workingSet, log), log);
    this.state.deleted.clear();
    const nodes = differenceOf(this.state, log);
    return {
      ...this.nextRevision(),
      mode: session.mode === 'overlay' ? 'decision' : session.mode,
      day: planDayOf(this.state.today),
      nodes,
      findings: [...findings(), ...overfullFindings(this.state)],
      counters: log.counters(nodes.length),
      ...reportOf(this.state, { items: itemsNamed(session), start, covered }, log),
      decisions: decisionsAfter(this, session, workingSet),
    };
  }

  /** The name of the plan's next revision: its number, and where in the log it stands. */
  nextRevision(): Pick<PlanRevision, 'plan' | 'tidemark'> & RevisionNumber {
    return { plan: this.definition.id, ...this.numbers.next(), tidemark: this.tidemark };
  }

  /**
   * Lets a reader fold entries that wait, item by item, and takes them all off again at the end:
   * they stay pending. `fold` returns the nodes that the entries touched.
   */
  onBranch<Value>(read: (fold: (item: string) => Set<PlanNode>) => Value): Value {
    const folded: JournalEntry[] = [];
    const items = new Set<string>();
    const value = read((item) => {
      const touched = new Set<PlanNode>();
      if (items.has(item)) return touched;
      items.add(item);
      for (const { entry } of this.pending.of(item)) {
        applyEntry(this.state, entry, (node) => touched.add(node));
        folded.push(entry);
      }
      return touched;
    });
    for (const entry of folded.reverse()) unapplyEntry(this.state, entry);
    return value;
  }

  /** Takes the state of another plan, and what that one has not folded (MO-9). */
  takeOver(state: PlanState, from: PlanKeeper): void {
    this.state = state;
    this.pending = from.pending.clone();
    this.today = from.today;
    this.#touched.clear();
    this.#decided.clear();
    for (const node of state.nodes.values()) state.placeNode(node);
  }

  #moveDay(): void {
    if (this.state.today === this.today) return;
    this.state.today = this.today;
    for (const node of this.state.nodes.values()) node.parameters = undefined;
    this.relevel();
  }

  #foldSession(session: Session, log: RunLog): void {
    if (session.mode === 'decision') return;
    const { items, of } = session;
    if (session.mode === 'explosion') {
      const item = of === undefined ? undefined : itemOf(this, of);
      if (item !== undefined) this.#foldItem(item, log);
      return;
    }
    for (const item of this.pending.items()) {
      if (items === undefined || items.has(item)) this.#foldItem(item, log);
    }
  }

  #foldItem(item: string, log: RunLog): PlanNode[] {
    const touched = new Set<PlanNode>();
    for (const { entry, position } of this.pending.take(item)) {
      log.inputsApplied += 1;
      const cause = { kind: 'entry' as const, position, name: `${item}/${entry.sequence}` };
      const touch = (node: PlanNode): void => {
        touched.add(node);
        this.touch(node, cause);
      };
      for (const node of nodesKeptFor(this.state, entry)) touch(node);
      applyEntry(this.state, entry, touch);
    }
    return [...touched];
  }

  /** Entries of a node are folded just before its coverage (DU-1). */
  #preparing(session: Session, { mode }: WorkingSet, log: RunLog): SweepMode {
    if (session.mode === 'decision' || this.pending.isEmpty) return mode;
    const prepare = (node: PlanNode): PlanNode[] => {
      if (!this.pending.has(node.item)) return [];
      const touched = this.#foldItem(node.item, log);
      for (const each of touched) this.#touched.take(each, log);
      return touched;
    };
    return { ...mode, prepare };
  }

  #startOf(session: Session, workingSet: WorkingSet, log: RunLog): Set<PlanNode> {
    const start = new Set<PlanNode>();
    for (const node of this.#decided.nodes()) {
      if (this.#decided.take(node, log)) start.add(node);
    }
    if (session.mode === 'decision') return start;
    this.#openMinimumNodes();
    const { items } = session;
    // An explosion covers its requirement only: a plan that follows covers the rest of the node.
    const explodes = session.mode === 'explosion' && this.follows && !this.isExact;
    for (const node of this.#touched.nodes()) {
      if (items !== undefined && !items.has(node.item)) continue;
      if (this.#touched.take(node, log, explodes)) start.add(node);
    }
    for (const node of workingSet.start()) start.add(node);
    if (this.#everything.length === 0) return start;
    const whole = items === undefined && session.mode !== 'explosion';
    for (const node of whole ? this.state.nodes.values() : start) {
      for (const cause of this.#everything) log.cause(node, cause);
      start.add(node);
    }
    if (whole) this.#everything = [];
    return start;
  }

  /** Settings may call for nodes that nothing else has opened (SS-1). */
  #openMinimumNodes(): void {
    if (!this.#minimumsUnknown) return;
    this.#minimumsUnknown = false;
    openMinimumNodes(this.state, (node) => {
      this.touch(node, { kind: 'settings', position: this.tidemark, name: node.item });
    });
  }
}
