import { planDayOf, type Refusal } from '@tidemark/kernel';
import type { NodeDifference, PlanRevision } from '../api/runs.js';
import { clonePlan } from '../state/clone-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import { PlanState } from '../state/plan-state.js';
import { rowsDifference } from '../view/rows-difference.js';
import { rowsOfNode } from '../view/node-rows.js';
import type { PlanKeeper } from './plan-keeper.js';

interface Copying {
  readonly position: string;
  readonly findings: readonly Refusal[];
}

/**
 * Puts a plan's state in the place of another's (MO-9): orders with their ids, coverage, messages,
 * and what it has folded, so that what came since is folded by the next run.
 */
export function copyOver(
  source: PlanKeeper,
  target: PlanKeeper,
  { position, findings }: Copying,
): PlanRevision {
  const before = target.state;
  target.takeOver(clonePlan(source.state, target.definition), source);
  target.tidemark = position;
  const nodes = differenceBetween(before, target.state, { position, name: 'copy' });
  return revisionOf(target, nodes, { mode: 'copy', findings });
}

/** The revision that takes every line of a plan away (PL-6). */
export function emptied(keeper: PlanKeeper): PlanRevision {
  const { state, world, definition, tidemark: position } = keeper;
  const nothing = new PlanState(world, definition, state.today);
  const nodes = differenceBetween(state, nothing, { position, name: 'deletion' });
  return revisionOf(keeper, nodes, { mode: 'deletion', findings: [] });
}

function revisionOf(
  target: PlanKeeper,
  nodes: readonly NodeDifference[],
  told: Pick<PlanRevision, 'mode' | 'findings'>,
): PlanRevision {
  return {
    ...target.nextRevision(),
    ...told,
    day: planDayOf(target.state.today),
    nodes,
    counters: {
      nodesVisited: target.state.nodes.size,
      rowsComputed: 0,
      nodesChanged: nodes.length,
      inputsApplied: 0,
    },
    requested: target.state.nodes.size,
    processed: target.state.nodes.size,
    skipped: [],
    decisions: [],
  };
}

function differenceBetween(
  before: PlanState,
  after: PlanState,
  run: { readonly position: string; readonly name: string },
): NodeDifference[] {
  const cause = { kind: 'run' as const, ...run };
  const keys = new Set([...before.nodes.keys(), ...after.nodes.keys()]);
  return [...keys].flatMap((key) => {
    const rowsBefore = rowsAt(before, before.nodes.get(key));
    const rowsAfter = rowsAt(after, after.nodes.get(key));
    const name = after.nodes.get(key) ?? before.nodes.get(key);
    if (name === undefined) return [];
    const changes = rowsDifference(rowsBefore, rowsAfter);
    if (changes === undefined) return [];
    const { item, dimensions } = name;
    return [{ item, dimensions, ...changes, causes: [cause], reachedFrom: [] }];
  });
}

function rowsAt(state: PlanState, node: PlanNode | undefined) {
  return node === undefined
    ? { orders: [], requirements: [], coverage: [], messages: [] }
    : rowsOfNode(state, node);
}
