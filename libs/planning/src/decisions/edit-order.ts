import { failed, planDayOf, refusal, success, type Refusal, type Result } from '@tidemark/kernel';
import type { OrderImage, PlannerCommand } from '../api/decisions.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { explodeOrder } from '../explosion/explode.js';
import { afterReceiptMargin, orderDaysBack, orderDaysOn } from '../settings/dates.js';
import type { NodeParameters } from '../settings/parameters.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlannedOrder } from '../state/planned-order.js';
import { imageLinesOf, imageOf } from './order-image.js';

type Create = Extract<PlannerCommand, { kind: 'create' }>;
type Edit = Extract<PlannerCommand, { kind: 'edit' }>;
type ImageDays = Pick<OrderImage, 'requirementDate' | 'orderDate' | 'startDate' | 'deliveryDate'>;
type GivenDays = Pick<Edit, 'requirementDate' | 'deliveryDate' | 'orderDate'>;

/** The image after a planner's edit of quantity and dates; components follow (MO-17). */
export function editedImage(
  keeper: PlanKeeper,
  node: PlanNode,
  order: PlannedOrder,
  command: Edit,
): OrderImage {
  const image = imageOf(keeper, node, order);
  const parameters = keeper.state.parametersOf(node);
  if (parameters === undefined) return image;
  const days = daysOf(image.type, command, parameters) ?? image;
  const quantity = command.quantity ?? image.quantity;
  const { requirementDate, startDate, deliveryDate } = days;
  const edited = {
    ...image,
    quantity,
    requirementDate,
    startDate,
    deliveryDate,
    orderDate: command.orderDate ?? days.orderDate,
  };
  return { ...edited, lines: linesOf(keeper, node, parameters, edited) };
}

/** The image of an order that a planner creates (MO-17): under his id, approved. */
export function createdImage(keeper: PlanKeeper, command: Create): Result<OrderImage, Refusal> {
  const { state } = keeper;
  const item = state.world.master.item(command.item);
  if (item === undefined) {
    return failed(
      refusal('UNKNOWN_ITEM', `There is no item ${command.item}.`, {
        mentions: [command.item],
        remedy: 'Send the item first, or correct its name.',
      }),
    );
  }
  const node = state.nodeFor(item, command.dimensions);
  const parameters = state.parametersOf(node);
  if (parameters === undefined) throw new Error('A known item has parameters.');
  const type = command.type ?? parameters.orderType;
  const wanted = { requirementDate: planDayOf(parameters.itemDays.next(parameters.today)) };
  const days = daysOf(type, command, parameters) ?? daysOf(type, wanted, parameters);
  if (days === undefined) throw new Error('A given day gives all others.');
  const image: OrderImage = {
    ...days,
    orderDate: command.orderDate ?? days.orderDate,
    id: command.id,
    item: item.id,
    dimensions: node.dimensions,
    type,
    quantity: command.quantity,
    opener: command.id,
    ordinal: 0,
    dedicated: false,
    lines: [],
    serves: [],
  };
  return success({ ...image, lines: linesOf(keeper, node, parameters, image) });
}

function linesOf(
  keeper: PlanKeeper,
  node: PlanNode,
  parameters: NodeParameters,
  image: OrderImage,
): OrderImage['lines'] {
  const lines = explodeOrder(keeper.state, node, parameters, {
    type: image.type,
    quantity: image.quantity,
    requirementDay: image.requirementDate,
    startDay: image.startDate,
  });
  return imageLinesOf(lines);
}

/** All days of an order from those given; undefined if neither delivery nor need is given. */
function daysOf(
  type: OrderImage['type'],
  given: GivenDays,
  parameters: NodeParameters,
): ImageDays | undefined {
  const { deliveryDate, requirementDate } = given;
  if (deliveryDate === undefined && requirementDate === undefined) return undefined;
  const days =
    deliveryDate === undefined
      ? orderDaysOn(requirementDate ?? parameters.today, type, parameters)
      : orderDaysBack(deliveryDate, type, parameters);
  const available = afterReceiptMargin(days.deliveryDay, parameters);
  return {
    requirementDate: requirementDate ?? planDayOf(available),
    orderDate: planDayOf(days.orderDay),
    startDate: planDayOf(days.startDay),
    deliveryDate: planDayOf(days.deliveryDay),
  };
}
