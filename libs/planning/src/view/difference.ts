import type { OrderRow } from '../api/rows.js';
import type { Change, NodeDifference } from '../api/runs.js';
import type { NodeBefore, RunLog } from '../runs/run-log.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import { coverageChanges } from './coverage-changes.js';
import { messageChanges } from './message-changes.js';
import { imageBefore, imageNow } from './node-image.js';
import { matchesOf, orderChanges, requirementChanges } from './row-changes.js';

/**
 * The changed lines of every node that a run touched, with their causes (law 9). Lines are made of
 * changed rows only; all else is compared as numbers.
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
  const matches = matchesOf(images);
  const orders = orderChanges(images, matches);
  const requirements = requirementChanges(images, matches);
  const coverage = coverageChanges(images, matches);
  const messages = messageChanges(images, matches);
  if (orders.length + requirements.length + coverage.length + messages.length === 0) {
    return undefined;
  }
  return {
    item: node.item,
    dimensions: node.dimensions,
    orders: replacing(orders),
    requirements,
    coverage,
    messages,
    causes: log.causesOf(node),
    reachedFrom: log.reachedFrom(node).map(({ item, dimensions }) => ({ item, dimensions })),
  };
}

/** Pairs an order that came with one that went: same date and ordinal, another opener (law 7). */
function replacing(found: Change<OrderRow>[]): readonly Change<OrderRow>[] {
  const gone = new Map<string, string>();
  for (const { key, before, after } of found) {
    if (before === undefined || after !== undefined) continue;
    const place = placeOf(before);
    if (!gone.has(place)) gone.set(place, key);
  }
  if (gone.size === 0) return found;
  return found.map((change) => {
    if (change.before !== undefined || change.after === undefined) return change;
    const replaces = gone.get(placeOf(change.after));
    return replaces === undefined ? change : { ...change, replaces };
  });
}

function placeOf({ requirementDate, ordinal }: OrderRow): string {
  return `${requirementDate}/${ordinal}`;
}
