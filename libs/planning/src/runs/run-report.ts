import type { PlanRevision, RunNodes, SkippedItem } from '../api/runs.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import type { RunLog } from './run-log.js';

/** How many nodes of a working set are told by name. */
const nodesNamed = 200;

/** A run that has been made. */
export interface MadeRun {
  /** Items that were asked for by name. */
  readonly items: ReadonlySet<string>;
  /** Nodes that the run began with. */
  readonly start: ReadonlySet<PlanNode>;
  readonly covered: ReadonlySet<PlanNode>;
}

/** What a run says of itself beside its changed lines. */
export function reportOf(
  state: PlanState,
  { items, start, covered }: MadeRun,
  log: RunLog,
): Pick<PlanRevision, 'requested' | 'processed' | 'workingSet' | 'skipped'> {
  return {
    requested: start.size,
    processed: covered.size,
    workingSet: { initial: told(start), extended: told(covered, start) },
    skipped: [...notPlanned(log), ...notFound(state, items)],
  };
}

function told(nodes: ReadonlySet<PlanNode>, but?: ReadonlySet<PlanNode>): RunNodes {
  const names: { item: string; dimensions: PlanNode['dimensions'] }[] = [];
  let count = 0;
  for (const node of nodes) {
    if (but?.has(node) === true) continue;
    count += 1;
    if (names.length < nodesNamed) names.push({ item: node.item, dimensions: node.dimensions });
  }
  return { count, nodes: names };
}

/** Items whose nodes the run came to and left unplanned. */
function notPlanned(log: RunLog): SkippedItem[] {
  return Array.from(log.skipped(), ([item, reason]) => ({ item, reason }));
}

/** Items that were asked for by name and have no node: a run has nothing to do for them. */
function notFound({ world, nodesOfItem }: PlanState, items: ReadonlySet<string>): SkippedItem[] {
  return [...items]
    .filter((item) => (nodesOfItem.get(item) ?? []).length === 0)
    .map((item) => ({
      item,
      reason: world.master.item(item) === undefined ? 'UNKNOWN_ITEM' : 'NOTHING_TO_PLAN',
    }));
}
