import type { NodeRows } from '../api/rows.js';
import type { Change, NodeDifference } from '../api/runs.js';
import type { NodeBefore, RunLog } from '../runs/run-log.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import { rowsOfNode } from './node-rows.js';

/** The changed lines of every node that a run touched, with their causes (law 9). */
export function differenceOf(state: PlanState, log: RunLog): NodeDifference[] {
  const differences: NodeDifference[] = [];
  for (const [node, before] of log.touched()) {
    const difference = nodeDifference(state, node, before, log);
    if (difference !== undefined) differences.push(difference);
  }
  return differences;
}

function nodeDifference(
  state: PlanState,
  node: PlanNode,
  before: NodeBefore,
  log: RunLog,
): NodeDifference | undefined {
  const now = rowsOfNode(state, node);
  const was = rowsOfNode(state, { ...node, ...before });
  const difference = {
    item: node.item,
    dimensions: node.dimensions,
    orders: replacing(changes(was.orders, now.orders, (row) => row.id)),
    requirements: changes(was.requirements, now.requirements, (row) => row.id),
    coverage: changes(was.coverage, now.coverage, (row) => `${row.demand}\u0000${row.supply}`),
    messages: changes(was.messages, now.messages, messageKey),
    causes: log.causesOf(node),
    reachedFrom: log.reachedFrom(node).map(({ item, dimensions }) => ({ item, dimensions })),
  };
  const changed =
    difference.orders.length +
    difference.requirements.length +
    difference.coverage.length +
    difference.messages.length;
  return changed === 0 ? undefined : difference;
}

function messageKey(row: NodeRows['messages'][number]): string {
  return row.kind === 'delay' ? `delay ${row.requirement}` : `${row.action} ${row.order}`;
}

function changes<Row extends object>(
  before: readonly Row[],
  after: readonly Row[],
  keyOf: (row: Row) => string,
): Change<Row>[] {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const found: Change<Row>[] = [];
  for (const row of after) {
    const key = keyOf(row);
    const was = old.get(key);
    old.delete(key);
    if (was === undefined) found.push({ key, after: row });
    else if (JSON.stringify(was) !== JSON.stringify(row)) {
      found.push({ key, before: was, after: row });
    }
  }
  for (const [key, row] of old) found.push({ key, before: row });
  return found;
}

/** Pairs an order that came with one that went: same date and ordinal, another opener (law 7). */
function replacing(found: readonly Change<NodeRows['orders'][number]>[]): typeof found {
  const gone = found.filter((change) => change.after === undefined);
  if (gone.length === 0) return found;
  return found.map((change) => {
    if (change.before !== undefined || change.after === undefined) return change;
    const { requirementDate, ordinal } = change.after;
    const old = gone.find(
      ({ before }) => before?.requirementDate === requirementDate && before.ordinal === ordinal,
    );
    return old === undefined ? change : { ...change, replaces: old.key };
  });
}
