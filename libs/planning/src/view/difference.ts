import type { NodeDifference } from '../api/runs.js';
import type { NodeBefore, RunLog } from '../runs/run-log.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import { ChangedLines } from './changed-lines.js';
import { imageBefore, imageNow } from './node-image.js';
import { matchesOf } from './row-changes.js';

/**
 * The changed lines of every node that a run touched, with their causes (law 9). Rows are compared
 * as numbers; lines are made of the changed ones, when somebody reads them.
 */
export function differenceOf(state: PlanState, log: RunLog): NodeDifference[] {
  const differences: NodeDifference[] = [];
  const renamed = nodesOfReplaced(state);
  for (const [node, before] of log.touched()) {
    if (isAsBefore(node, before) && !renamed.has(node)) continue;
    const difference = nodeDifference(state, node, before, log);
    if (difference !== undefined) differences.push(difference);
  }
  state.table.shown();
  return differences;
}

/** True if the run left the very values the node had: it came out as it was. */
function isAsBefore(node: PlanNode, before: NodeBefore): boolean {
  return (
    node.plan === before.plan && node.delays === before.delays && node.messages === before.messages
  );
}

/** Nodes with a transaction whose image was replaced: what its source says of it may differ. */
function nodesOfReplaced({ table, nodeOfHandle }: PlanState): Set<PlanNode> {
  const nodes = new Set<PlanNode>();
  for (const handle of table.replacedHandles()) {
    const node = nodeOfHandle[handle];
    if (node !== undefined) nodes.add(node);
  }
  return nodes;
}

function nodeDifference(
  state: PlanState,
  node: PlanNode,
  before: NodeBefore,
  log: RunLog,
): NodeDifference | undefined {
  const images = { before: imageBefore(state, node, before), after: imageNow(state, node) };
  const lines = new ChangedLines(images, matchesOf(images));
  if (lines.isEmpty) return undefined;
  const reachedFrom = log.reachedFrom(node);
  return {
    item: node.item,
    dimensions: node.dimensions,
    get orders() {
      return lines.orders;
    },
    get requirements() {
      return lines.requirements;
    },
    get coverage() {
      return lines.coverage;
    },
    messages: lines.messages,
    causes: log.causesOf(node),
    get reachedFrom() {
      return reachedFrom.map(({ item, dimensions }) => ({ item, dimensions }));
    },
  };
}
