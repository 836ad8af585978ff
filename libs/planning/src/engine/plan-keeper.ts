import { planDayOf, type Refusal } from '@tidemark/kernel';
import type { JournalEntry } from '@tidemark/journal';
import type { PlanDefinition } from '../api/plan-definition.js';
import type { NodeCause, PlanRevision, RunMode } from '../api/runs.js';
import { RunLog } from '../runs/run-log.js';
import { coverageStands, decisionsOnly } from '../runs/standing.js';
import { sweep, type SweepMode } from '../runs/sweep.js';
import { applyEntry, renode } from '../state/apply-entry.js';
import type { PlanNode } from '../state/plan-node.js';
import { PlanState, type World } from '../state/plan-state.js';
import { differenceOf } from '../view/difference.js';

interface PendingEntry {
  readonly entry: JournalEntry;
  readonly position: string;
}

/** What a run is asked to do, once it is clear which items it may touch. */
export interface Session {
  readonly mode: RunMode | 'follow' | 'decision';
  readonly items: ReadonlySet<string> | undefined;
}

/**
 * One plan: its state, the entries it has not folded (per item), the nodes that its inputs touched,
 * and its revisions. Every run goes through `commit`, so a revision is always a whole run.
 */
export class PlanKeeper {
  readonly state: PlanState;
  readonly #world: World;
  readonly #pending = new Map<string, PendingEntry[]>();
  readonly #touched = new Map<PlanNode, NodeCause[]>();
  #everything: NodeCause[] = [];
  /** Settings changed since the nodes that a minimum needs were opened. */
  #minimumsUnknown = true;
  revision = 0;
  tidemark = '';
  /** The day of the next run. */
  today: number;

  constructor(world: World, definition: PlanDefinition, today: number) {
    this.#world = world;
    this.state = new PlanState(world, definition, today);
    this.today = today;
  }

  get definition(): PlanDefinition {
    return this.state.definition;
  }

  pendingOf(item: string): number {
    return this.#pending.get(item)?.length ?? 0;
  }

  addEntry(entry: JournalEntry, position: string): void {
    const entries = this.#pending.get(entry.item) ?? [];
    entries.push({ entry, position });
    this.#pending.set(entry.item, entries);
  }

  /** Something that bears on one node was put in: it is planned by the next run. */
  touch(node: PlanNode, cause: NodeCause): void {
    const causes = this.#touched.get(node) ?? [];
    causes.push(cause);
    this.#touched.set(node, causes);
  }

  /** Settings of one item changed: its rows go to the nodes they now call for. */
  itemChanged(item: string, cause: NodeCause): void {
    const record = this.#world.master.item(item);
    if (record === undefined) return;
    this.#minimumsUnknown = true;
    renode(this.state, record, (node) => this.touch(node, cause));
    for (const node of this.state.nodesOfItem.get(item) ?? []) {
      node.parameters = undefined;
      this.state.placeNode(node);
      this.touch(node, cause);
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
    this.#fold({ mode: 'follow', items: undefined }, new RunLog());
  }

  /** BOMs changed: nodes whose level moved are put in their new place. */
  relevel(): void {
    for (const node of this.state.nodes.values()) this.state.placeNode(node);
  }

  /** True if a plan that follows has something to do. */
  get behind(): boolean {
    return this.#pending.size > 0 || this.#touched.size > 0 || this.#everything.length > 0;
  }

  /** Folds what the session may fold, plans, and commits the difference as one revision. */
  commit(session: Session, findings: readonly Refusal[]): PlanRevision {
    const log = new RunLog();
    this.#moveDay();
    this.#fold(session, log);
    const start = this.#startOf(session, log);
    sweep(this.state, start, this.#sweepMode(session), log);
    const nodes = differenceOf(this.state, log);
    this.revision += 1;
    return {
      plan: this.definition.id,
      revision: this.revision,
      mode: session.mode,
      day: planDayOf(this.state.today),
      tidemark: this.tidemark,
      nodes,
      findings,
      counters: {
        nodesVisited: log.nodesVisited,
        rowsComputed: log.rowsComputed,
        nodesChanged: nodes.length,
        inputsApplied: log.inputsApplied,
      },
      requested: start.size,
      processed: start.size,
      skipped: [],
      decisions: [],
    };
  }

  #moveDay(): void {
    if (this.state.today === this.today) return;
    this.state.today = this.today;
    for (const node of this.state.nodes.values()) {
      node.parameters = undefined;
      this.state.placeNode(node);
    }
  }

  #fold(session: Session, log: RunLog): void {
    for (const [item, entries] of this.#pending) {
      if (session.items !== undefined && !session.items.has(item)) continue;
      for (const { entry, position } of entries) {
        log.inputsApplied += 1;
        const name = `${item}/${entry.sequence}`;
        applyEntry(this.state, entry, (node) =>
          this.touch(node, { kind: 'entry', position, name }),
        );
      }
      this.#pending.delete(item);
    }
  }

  #startOf(session: Session, log: RunLog): Set<PlanNode> {
    const whole = session.mode !== 'follow' && session.mode !== 'decision';
    const start = new Set<PlanNode>();
    if (this.#minimumsUnknown) this.#openMinimumNodes();
    for (const [node, causes] of this.#touched) {
      if (session.items !== undefined && !session.items.has(node.item)) continue;
      for (const cause of causes) log.cause(node, cause);
      start.add(node);
      this.#touched.delete(node);
    }
    if (whole || this.#everything.length > 0) {
      for (const node of this.state.nodes.values()) {
        if (session.items !== undefined && !session.items.has(node.item)) continue;
        for (const cause of this.#everything) log.cause(node, cause);
        start.add(node);
      }
      if (session.items === undefined) this.#everything = [];
    }
    return start;
  }

  /** A minimum needs a node even where nothing else is (SS-1). */
  #openMinimumNodes(): void {
    this.#minimumsUnknown = false;
    for (const item of this.#world.master.items()) {
      const plain = item.productDimensions.length + item.coverageDimensions.length === 0;
      const group = this.#world.master.group(item.coverageGroup)?.settings;
      if (plain && (item.coverage.minimum ?? group?.minimum ?? 0) > 0) this.#openNode(item.id, {});
      for (const entry of item.coverageByDimension) {
        if ((entry.settings.minimum ?? 0) > 0) this.#openNode(item.id, entry.for);
      }
    }
  }

  #openNode(id: string, dimensions: PlanNode['dimensions']): void {
    const item = this.#world.master.item(id);
    if (item === undefined) return;
    const known = this.state.nodes.size;
    const node = this.state.nodeFor(item, dimensions);
    if (this.state.nodes.size > known) {
      this.touch(node, { kind: 'settings', position: this.tidemark, name: id });
    }
  }

  #sweepMode(session: Session): SweepMode {
    const regenerates = this.#regenerates(session);
    const { items } = session;
    return {
      standingAt: (node) =>
        regenerates && (items === undefined || items.has(node.item))
          ? decisionsOnly(node)
          : coverageStands(this.state, node),
      reaches: () => true,
    };
  }

  #regenerates(session: Session): boolean {
    if (session.mode === 'regeneration') return true;
    return session.mode === 'follow' || session.mode === 'decision'
      ? this.definition.continuity === 'exact'
      : false;
  }
}
