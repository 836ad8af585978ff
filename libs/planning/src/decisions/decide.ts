import { failed, refusal, success, type Refusal, type Result } from '@tidemark/kernel';
import type { Decision, KeptBy, OrderImage, PlannerCommand } from '../api/decisions.js';
import { itemOf } from '../engine/known-items.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { findOrder } from '../engine/plan-view.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlannedOrder } from '../state/planned-order.js';
import { createdImage, editedImage } from './edit-order.js';
import { chainOf, firmDecision } from './firm-orders.js';
import { confirmPromise, releasePromise } from './keep-supply.js';
import { imageOf } from './order-image.js';
import { issuesMatching, reserveCoverage } from './reserve-coverage.js';

type Answer = Result<readonly Decision[], Refusal>;
type OfKind<Kind extends PlannerCommand['kind']> = Extract<PlannerCommand, { kind: Kind }>;

/** Turns a command into decisions with their whole image, or refuses it (MO-10, MO-15, MO-17). */
export function decideCommand(keeper: PlanKeeper, command: PlannerCommand): Answer {
  switch (command.kind) {
    case 'approve':
      return withOrder(keeper, command.order, (node, order) =>
        keepDecision(keeper, 'approved', imageOf(keeper, node, order)),
      );
    case 'unapprove':
      return withOrder(keeper, command.order, () => [
        { kind: 'orderUnapproved', plan: keeper.definition.id, orderId: command.order },
      ]);
    case 'delete':
      return deleteOrder(keeper, command);
    case 'edit':
      return withOrder(keeper, command.order, (node, order) =>
        keepDecision(keeper, 'edited', editedImage(keeper, node, order, command)),
      );
    case 'create':
      return createOrder(keeper, command);
    case 'firm':
      return firmOrder(keeper, command);
    case 'mark':
      return markPair(keeper, command);
    case 'confirmPromise':
      return confirmPromise(keeper, command.issue);
    case 'releasePromise':
      return releasePromise(keeper, command.issue);
    case 'schedule':
      return scheduleOrder(keeper, command);
    case 'autoReserve':
      return success(reserveCoverage(keeper.state, issuesMatching(keeper.state, command)));
  }
}

function withOrder(
  keeper: PlanKeeper,
  id: string,
  decide: (node: PlanNode, order: PlannedOrder) => readonly Decision[],
): Answer {
  const found = findOrder(keeper, id);
  const order = found?.node.plan.orders[found.index];
  if (found === undefined || order === undefined) {
    return failed(
      refusal('UNKNOWN_ORDER', `Plan ${keeper.definition.id} has no planned order ${id}.`, {
        mentions: [id],
        remedy: 'Read the orders again: the plan may have moved on.',
      }),
    );
  }
  return success(decide(found.node, order));
}

function keepDecision(keeper: PlanKeeper, by: KeptBy, order: OrderImage): readonly Decision[] {
  return [{ kind: 'orderKept', by, plan: keeper.definition.id, order }];
}

function createOrder(keeper: PlanKeeper, command: OfKind<'create'>): Answer {
  const image = createdImage(keeper, command);
  return image.ok ? success(keepDecision(keeper, 'created', image.value)) : image;
}

function firmOrder(keeper: PlanKeeper, command: OfKind<'firm'>): Answer {
  const { definition } = keeper;
  if (!definition.firmingAllowed) {
    return failed(
      refusal('FIRMING_NOT_ALLOWED', `Plan ${definition.id} is not for firming.`, {
        mentions: [definition.id, command.order],
        remedy: 'Firm from the operational plan, or allow firming on this one.',
      }),
    );
  }
  return withOrder(keeper, command.order, (node, order) => {
    const start = { node, order };
    return [firmDecision(keeper, command.chain === true ? chainOf(start) : [start])];
  });
}

function scheduleOrder(keeper: PlanKeeper, command: OfKind<'schedule'>): Answer {
  const { order, finiteMaterial } = command;
  const known = keeper.state.orderGroups.has(order) || keeper.pending.hasOrder(order);
  if (known) return success([{ kind: 'scheduled', order, finiteMaterial }]);
  return failed(
    refusal('UNKNOWN_ORDER', `There is no open production order ${order}.`, { mentions: [order] }),
  );
}

function deleteOrder(keeper: PlanKeeper, command: OfKind<'delete'>): Answer {
  const order = findOrder(keeper, command.order);
  if (keeper.isExact && order?.row.status === 'planned') {
    return failed(
      refusal('NOT_ON_EXACT_PLAN', `Order ${command.order} would be proposed again at once.`, {
        mentions: [command.order],
        remedy: 'Change the need it serves, or approve and edit it.',
      }),
    );
  }
  return withOrder(keeper, command.order, (node, found) => [
    { kind: 'orderDeleted', plan: keeper.definition.id, order: imageOf(keeper, node, found) },
  ]);
}

function markPair(keeper: PlanKeeper, command: OfKind<'mark'>): Answer {
  for (const id of [command.issue, command.receipt]) {
    if (itemOf(keeper, id) !== undefined) continue;
    return failed(
      refusal('UNKNOWN_TRANSACTION', `There is no open transaction ${id}.`, {
        mentions: [id],
        remedy: 'Send the transaction first; posted ones cannot be marked.',
      }),
    );
  }
  const { issue, receipt, quantity } = command;
  return success([{ kind: 'marked', marking: { issue, receipt, quantity } }]);
}
