import {
  failed,
  planDayOf,
  present,
  quantityOf,
  refusal,
  success,
  type Refusal,
  type Result,
} from '@tidemark/kernel';
import type { Decision, KeptBy, OrderImage, PlannerCommand } from '../api/decisions.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { findOrder } from '../engine/plan-view.js';
import { explodeOrder } from '../explosion/explode.js';
import { afterReceiptMargin, orderDaysBack, orderDaysOn } from '../settings/dates.js';
import { demandNameIn, orderOfSupply } from '../state/names.js';
import type { NodeParameters } from '../settings/parameters.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlannedOrder } from '../state/planned-order.js';
import { orderRows } from '../view/node-rows.js';

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
    case 'mark':
      return markPair(keeper, command);
    case 'create':
    case 'firm':
    case 'schedule':
    case 'autoReserve':
      return failed(
        refusal('NOT_YET', `Tidemark cannot do this yet: ${command.kind}.`, {
          mentions: [command.kind],
        }),
      );
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

function deleteOrder(keeper: PlanKeeper, command: OfKind<'delete'>): Answer {
  const exact = keeper.definition.continuity === 'exact';
  const order = findOrder(keeper, command.order);
  if (exact && order?.row.status === 'planned') {
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
    if (keeper.state.table.handleOf(id) !== undefined) continue;
    return failed(
      refusal('UNKNOWN_TRANSACTION', `There is no open transaction ${id}.`, { mentions: [id] }),
    );
  }
  const { issue, receipt, quantity } = command;
  return success([{ kind: 'marked', marking: { issue, receipt, quantity } }]);
}

/** The whole image of an order as the plan holds it: dates, lines, requirements served. */
export function imageOf(keeper: PlanKeeper, node: PlanNode, order: PlannedOrder): OrderImage {
  const { plan } = node;
  const index = plan.orders.indexOf(order);
  const lines = plan.derived.flatMap((segment) =>
    segment.order.flatMap((of, at) =>
      of !== order
        ? []
        : [
            {
              line: segment.line[at] ?? 0,
              item: segment.target.item,
              dimensions: segment.target.dimensions,
              quantity: quantityOf(segment.quantity[at] ?? 0),
              date: planDayOf(segment.day[at] ?? 0),
              pegged: segment.pegged[at] === 1,
            },
          ],
    ),
  );
  const serves = plan.pegs.supply.flatMap((supply, peg) =>
    orderOfSupply(plan, supply) !== order
      ? []
      : [
          {
            demand: demandNameIn(keeper.state, node, plan.pegs.demand[peg] ?? 0),
            quantity: quantityOf(plan.pegs.quantity[peg] ?? 0),
          },
        ],
  );
  const shown = present(orderRows(keeper.state, node)[index], 'the order of an image');
  return {
    id: shown.id,
    item: node.item,
    dimensions: node.dimensions,
    type: order.type,
    quantity: quantityOf(order.quantity),
    requirementDate: shown.requirementDate,
    orderDate: shown.orderDate,
    startDate: shown.startDate,
    deliveryDate: planDayOf(order.deliveryDay),
    opener: shown.opener,
    ordinal: order.ordinal,
    dedicated: order.dedicated,
    lines: lines.sort((left, right) => left.line - right.line),
    serves,
  };
}

/** The image after a planner's edit of quantity and dates; components follow (MO-17). */
function editedImage(
  keeper: PlanKeeper,
  node: PlanNode,
  order: PlannedOrder,
  command: OfKind<'edit'>,
): OrderImage {
  const image = imageOf(keeper, node, order);
  const parameters = keeper.state.parametersOf(node);
  if (parameters === undefined) return image;
  const days = editedDays(image, command, parameters);
  const quantity = command.quantity ?? image.quantity;
  const lines = explodeOrder(keeper.state, node, parameters, {
    type: order.type,
    quantity,
    requirementDay: days.requirementDate,
    startDay: days.startDate,
  });
  return {
    ...image,
    ...days,
    quantity,
    lines: lines.map((line) => ({
      line: line.line,
      item: line.target.item,
      dimensions: line.target.dimensions,
      quantity: quantityOf(line.quantity),
      date: planDayOf(line.day),
      pegged: line.pegged,
    })),
  };
}

type ImageDays = Pick<OrderImage, 'requirementDate' | 'orderDate' | 'startDate' | 'deliveryDate'>;

function editedDays(
  image: OrderImage,
  command: OfKind<'edit'>,
  parameters: NodeParameters,
): ImageDays {
  const given = { delivery: command.deliveryDate, requirement: command.requirementDate };
  if (given.delivery === undefined && given.requirement === undefined) {
    return { ...image, orderDate: command.orderDate ?? image.orderDate };
  }
  const days =
    given.delivery === undefined
      ? orderDaysOn(given.requirement ?? image.requirementDate, image.type, parameters)
      : orderDaysBack(given.delivery, image.type, parameters);
  const available = afterReceiptMargin(days.deliveryDay, parameters);
  return {
    requirementDate: given.requirement ?? planDayOf(available),
    orderDate: command.orderDate ?? planDayOf(days.orderDay),
    startDate: planDayOf(days.startDay),
    deliveryDate: planDayOf(days.deliveryDay),
  };
}
