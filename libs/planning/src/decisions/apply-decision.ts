import type { Decision } from '../api/decisions.js';
import type { NodeCause } from '../api/runs.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { keptOrderOf } from '../state/kept-order.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf } from '../state/planned-order.js';

/** Puts a decision into a plan: its nodes are planned by the next run or follow. */
export function applyDecision(keeper: PlanKeeper, decision: Decision, position: string): void {
  const cause: NodeCause = { kind: 'decision', position, name: decision.kind };
  const own = !('plan' in decision) || decision.plan === keeper.definition.id;
  switch (decision.kind) {
    case 'orderKept': {
      if (!own) return;
      const item = keeper.state.world.master.item(decision.order.item);
      if (item === undefined) return;
      const node = keeper.state.nodeFor(item, decision.order.dimensions);
      const parameters = keeper.state.parametersOf(node);
      if (parameters === undefined) return;
      const order = keptOrderOf(keeper.state, decision.order, decision.by, parameters);
      node.kept = [...without(node, decision.order.id), order];
      return keeper.touch(node, cause);
    }
    case 'orderUnapproved':
      if (own) releaseOrder(keeper, decision.orderId, cause);
      return;
    case 'orderDeleted':
      if (!own) return;
      keeper.state.gone.add(decision.order.id);
      return releaseOrder(keeper, decision.order.id, cause);
    case 'ordersFirmed':
      for (const { image } of decision.orders) {
        keeper.state.firmedIds.add(image.id);
        keeper.state.gone.add(image.id);
        releaseOrder(keeper, image.id, cause);
      }
      for (const entry of decision.entries) keeper.addEntry(entry, position);
      for (const order of decision.orders) {
        for (const marking of order.markings) mark(keeper, marking, cause);
      }
      return;
    case 'marked':
      return mark(keeper, decision.marking, cause);
    case 'reserved':
      keeper.state.markings.reserve(decision.issue, decision.status);
      return touchTransaction(keeper, decision.issue, cause);
    case 'dayDecided':
      return;
  }
}

function mark(
  keeper: PlanKeeper,
  marking: { issue: string; receipt: string; quantity: number },
  cause: NodeCause,
): void {
  keeper.state.markings.decide(marking.issue, marking.receipt, marking.quantity);
  touchTransaction(keeper, marking.issue, cause);
  touchTransaction(keeper, marking.receipt, cause);
}

function touchTransaction(keeper: PlanKeeper, id: string, cause: NodeCause): void {
  const handle = keeper.state.table.handleOf(id);
  const node = handle === undefined ? undefined : keeper.state.nodeOfHandle[handle];
  if (node !== undefined) keeper.touch(node, cause);
}

function releaseOrder(keeper: PlanKeeper, id: string, cause: NodeCause): void {
  for (const node of keeper.state.nodes.values()) {
    const held = node.kept.some((order) => orderIdOf(order) === id);
    const planned = node.plan.orders.some((order) => orderIdOf(order) === id);
    if (!held && !planned) continue;
    node.kept = without(node, id);
    keeper.touch(node, cause);
  }
}

function without(node: PlanNode, id: string): PlanNode['kept'] {
  return node.kept.filter((order) => orderIdOf(order) !== id);
}
