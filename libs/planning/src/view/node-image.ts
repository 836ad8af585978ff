import type { InventoryTransaction } from '@tidemark/inventory';
import type { NodeBefore } from '../runs/run-log.js';
import { minimumNameOf, needNameOf } from '../state/names.js';
import {
  demandKinds,
  supplyKinds,
  type NodeDelays,
  type NodeMessages,
  type NodePlan,
} from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';
import type { Handle } from '../state/transaction-table.js';

/** One node as readers see it: now, or before the run that has just been made. */
export interface NodeImage {
  readonly node: PlanNode;
  readonly plan: NodePlan;
  readonly delays: NodeDelays;
  readonly messages: NodeMessages;
  /** Ids of transactions by handle. */
  readonly ids: readonly string[];
  transactionOf(handle: Handle): InventoryTransaction | undefined;
  /** Whether the run has put another image in the place of the one shown here. */
  isReplaced(handle: Handle): boolean;
}

const neverReplaced = (): boolean => false;

export function imageNow({ table }: PlanState, node: PlanNode): NodeImage {
  const { plan, delays, messages } = node;
  const transactionOf = (handle: Handle): InventoryTransaction | undefined => table.images[handle];
  return { node, plan, delays, messages, ids: table.ids, transactionOf, isReplaced: neverReplaced };
}

/** What readers saw of the node: its last coverage, and transactions as they were then. */
export function imageBefore({ table }: PlanState, node: PlanNode, before: NodeBefore): NodeImage {
  const { plan, delays, messages } = before;
  const transactionOf = (handle: Handle): InventoryTransaction | undefined =>
    table.imageBefore(handle);
  const isReplaced = (handle: Handle): boolean => table.isReplaced(handle);
  return { node, plan, delays, messages, ids: table.ids, transactionOf, isReplaced };
}

/** Transaction id, `<order>/<line>` or `safetyStock:<item>`. */
export function demandName({ node, plan, ids }: NodeImage, row: number): string {
  const { kind, source, segment } = plan.demands;
  const from = source[row] ?? 0;
  if (kind[row] === demandKinds.transaction) return ids[from] ?? '';
  if (kind[row] === demandKinds.safetyStock) return minimumNameOf(node.item);
  return needNameOf(plan.needs[segment[row] ?? 0], from);
}

/** `onHand`, transaction id or planned order id. */
export function supplyName({ plan, ids }: NodeImage, row: number): string {
  const { kind, source } = plan.supplies;
  const from = source[row] ?? 0;
  if (kind[row] === supplyKinds.onHand) return 'onHand';
  if (kind[row] === supplyKinds.transaction) return ids[from] ?? '';
  const order = plan.orders[from];
  return order === undefined ? '' : orderIdOf(order);
}
