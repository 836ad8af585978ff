import { demandKinds, noDay, supplyKinds, type NodePlan } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlanState } from '../state/plan-state.js';
import type { Handle } from '../state/transaction-table.js';
import { walkDown } from '../view/static-explosion.js';

/** Demand row of each open issue of a node plan, found once a plan. */
const rowsOfPlan = new WeakMap<NodePlan, Map<Handle, number>>();

/** Orders that are made from lines: a kanban of an item with a BOM is exploded like one (TR-6). */
const madeFromLines: ReadonlySet<string | undefined> = new Set(['productionOrder', 'kanban']);

/**
 * Days by which the latest line of a real production order is late (DL-3); 0 for other receipts.
 *
 * Real orders may run against the BOM (rework): a line that lies not below the receipt in planning
 * order counts too, unless what it waits for waits for the very receipt.
 */
export function lateLineDays(state: PlanState, node: PlanNode, receipt: Handle): number {
  const image = state.table.image(receipt);
  if (image?.order === undefined || !madeFromLines.has(image.type)) return 0;
  let late = 0;
  for (const line of state.orderGroups.get(image.order) ?? []) {
    const lineNode = state.nodeOfHandle[line];
    const lineImage = state.table.image(line);
    if (lineNode === undefined || lineImage?.direction !== 'issue') continue;
    if (!isBelow(lineNode, node) && waitsFor(state, line, receipt)) continue;
    const row = rowOf(lineNode.plan, line);
    const day = row === undefined ? noDay : (lineNode.delays.demandDay[row] ?? noDay);
    if (day !== noDay) late = Math.max(late, day - (state.table.day[line] ?? 0));
  }
  return late;
}

/** The nodes of the open receipts whose lateness depends on issues of this node. */
export function receiptNodesOfLine(state: PlanState, node: PlanNode): readonly PlanNode[] {
  if (node.lines.length === 0) return noNodes;
  const nodes: PlanNode[] = [];
  for (const handle of node.lines) {
    const order = state.table.image(handle)?.order ?? '';
    for (const other of state.orderGroups.get(order) ?? []) {
      const receiptNode = state.nodeOfHandle[other];
      if (receiptNode === undefined) continue;
      if (state.table.image(other)?.direction === 'receipt') nodes.push(receiptNode);
    }
  }
  return nodes;
}

/** Those of them that lie not above this node: their orders run against the BOM. */
export function reworkNodesOfLine(state: PlanState, node: PlanNode): readonly PlanNode[] {
  return receiptNodesOfLine(state, node).filter((receiptNode) => !isBelow(node, receiptNode));
}

const noNodes: readonly PlanNode[] = [];

/** True if the receipt is among all that must be there for this line. */
function waitsFor(state: PlanState, line: Handle, receipt: Handle): boolean {
  let found = false;
  walkDown(state, [state.table.ids[line] ?? ''], ({ node: { plan }, row }) => {
    const isReal = plan.supplies.kind[row] === supplyKinds.transaction;
    if (isReal && plan.supplies.source[row] === receipt) found = true;
  });
  return found;
}

/**
 * Below in planning order; among nodes of one stage by name, so that no two wait for each
 * other.
 */
export function isBelow(line: PlanNode, receipt: PlanNode): boolean {
  return line.stage > receipt.stage || (line.stage === receipt.stage && line.key > receipt.key);
}

function rowOf(plan: NodePlan, handle: Handle): number | undefined {
  let rows = rowsOfPlan.get(plan);
  if (rows === undefined) {
    rows = new Map();
    for (let row = 0; row < plan.demands.kind.length; row += 1) {
      if (plan.demands.kind[row] === demandKinds.transaction) {
        rows.set(plan.demands.source[row] ?? 0, row);
      }
    }
    rowsOfPlan.set(plan, rows);
  }
  return rows.get(handle);
}
