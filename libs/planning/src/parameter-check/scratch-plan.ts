import type { PlanFigures } from '../api/parameter-findings.js';
import { itemsExplodedInto } from '../engine/exploding-items.js';
import { openMinimumNodes } from '../engine/minimum-nodes.js';
import { PlanKeeper } from '../engine/plan-keeper.js';
import { workingSetOf } from '../engine/working-set.js';
import { RunLog } from '../runs/run-log.js';
import { sweep } from '../runs/sweep.js';
import { clonePlan } from '../state/clone-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import { VariantLevels } from '../world/levels.js';
import { ChangedMasterData } from './changed-master-data.js';
import { added, figuresOf, type Horizon } from './figures.js';
import type { ProposedChange } from './suspicion.js';

/**
 * A copy of a plan, with all that waits folded and regenerated, on which proposals are tried one
 * after the other: each is planned from the nodes that it bears on, as far as its changes reach,
 * and taken back (law 3 makes that a regeneration of the whole); one that moves levels is planned
 * on a copy of its own. The plan that was copied is not touched.
 */
export class ScratchPlan {
  readonly #keeper: PlanKeeper;
  readonly #master: ChangedMasterData;
  /** Nodes planned so far. */
  nodesVisited = 0;

  constructor(from: PlanKeeper, change: ProposedChange = {}) {
    this.#master = new ChangedMasterData(from.world.master);
    this.#master.change(change);
    const { definition } = from.state;
    const world = { ...from.world, master: this.#master };
    if (change.movesLevels === true) {
      world.levels = new VariantLevels(this.#master);
      world.levels.dayChanged(from.today);
    }
    this.#keeper = new PlanKeeper(world, definition, from.today);
    const state = clonePlan(from.state, definition, world);
    state.today = from.today;
    this.#keeper.takeOver(state, from);
    this.#keeper.foldAll();
    openMinimumNodes(this.state, () => undefined);
    this.#plan(new Set(this.state.nodes.values()));
  }

  get state(): PlanState {
    return this.#keeper.state;
  }

  present(horizon: Horizon): PlanFigures {
    return figuresOf(this.state.nodes.values(), horizon);
  }

  /** The figures of the whole plan with the change made; `present` are those without. */
  proposed(change: ProposedChange, present: PlanFigures, horizon: Horizon): PlanFigures {
    if (change.movesLevels === true) return this.#madeAnew(change, horizon);
    const { state } = this;
    const { definition } = state;
    this.#master.change(change);
    if (change.definition !== undefined) state.definition = change.definition;
    const nodes = this.#nodesOf(change);
    forgetParameters(nodes);
    const log = this.#plan(nodes);
    const touched = [...log.touched()];
    const before = figuresOf(
      touched.map(([, node]) => node),
      horizon,
    );
    const after = figuresOf(
      touched.map(([node]) => node),
      horizon,
    );
    log.undo();
    this.#master.change({});
    state.definition = definition;
    forgetParameters(nodes);
    return added(added(present, before, -1), after, 1);
  }

  #madeAnew(change: ProposedChange, horizon: Horizon): PlanFigures {
    const other = new ScratchPlan(this.#keeper, change);
    this.nodesVisited += other.nodesVisited;
    return other.present(horizon);
  }

  #plan(start: ReadonlySet<PlanNode>): RunLog {
    const log = new RunLog();
    const { mode } = workingSetOf(this.#keeper, { mode: 'regeneration', items: undefined });
    sweep(this.state, start, mode, log);
    this.nodesVisited += log.nodesVisited;
    return log;
  }

  /** The nodes that the change bears on directly. */
  #nodesOf({ items = [], groups = [], definition }: ProposedChange): Set<PlanNode> {
    const { nodes, nodesOfItem } = this.state;
    if (definition !== undefined) return new Set(nodes.values());
    const changed = new Set<PlanNode>();
    const add = (id: string): void => {
      for (const node of nodesOfItem.get(id) ?? []) changed.add(node);
    };
    for (const { id } of items) {
      add(id);
      for (const user of itemsExplodedInto(this.#master, id)) add(user);
    }
    if (groups.length === 0) return changed;
    const names = new Set(groups.map(({ id }) => id));
    for (const item of this.#master.items()) {
      if (item.coverageGroup !== undefined && names.has(item.coverageGroup)) add(item.id);
    }
    return changed;
  }
}

function forgetParameters(nodes: Iterable<PlanNode>): void {
  for (const node of nodes) node.parameters = undefined;
}
