import { planDayOf, type Refusal } from '@tidemark/kernel';
import type { NodeDifference, PlanRevision } from '../api/runs.js';
import { clonePlan } from '../state/clone-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
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
  const nodes = differenceBetween(before, target.state, position);
  target.tidemark = position;
  return {
    ...target.nextRevision(),
    mode: 'copy',
    day: planDayOf(target.state.today),
    nodes,
    findings,
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
  position: string,
): NodeDifference[] {
  const cause = { kind: 'run' as const, position, name: 'copy' };
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
