import { planDayOf, present, quantityOf } from '@tidemark/kernel';
import type { OrderImage, OrderImageLine } from '../api/decisions.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import type { ExplodedLine } from '../state/exploded-line.js';
import { demandNameIn, orderOfSupply } from '../state/names.js';
import { linesOfOrder } from '../state/order-lines.js';
import type { PlanNode } from '../state/plan-node.js';
import type { PlannedOrder } from '../state/planned-order.js';
import { orderRows } from '../view/node-rows.js';

/** The whole image of an order as the plan holds it: dates, lines, requirements served. */
export function imageOf(keeper: PlanKeeper, node: PlanNode, order: PlannedOrder): OrderImage {
  const { plan } = node;
  const index = plan.orders.indexOf(order);
  const shown = present(orderRows(keeper.state, node)[index], 'the order of an image');
  return {
    id: shown.id,
    item: node.item,
    dimensions: node.dimensions,
    type: order.type,
    quantity: quantityOf(order.quantity),
    requirementDate: shown.requirementDate,
    orderDate: planDayOf(order.orderDay),
    startDate: planDayOf(order.startDay),
    deliveryDate: planDayOf(order.deliveryDay),
    opener: shown.opener,
    ordinal: order.ordinal,
    dedicated: order.dedicated,
    lines: imageLinesOf(linesOfOrder(node, order)),
    serves: Array.from(plan.pegs.supply).flatMap((supply, peg) =>
      orderOfSupply(plan, supply) !== order
        ? []
        : [
            {
              demand: demandNameIn(keeper.state, node, plan.pegs.demand[peg] ?? 0),
              quantity: quantityOf(plan.pegs.quantity[peg] ?? 0),
            },
          ],
    ),
  };
}

export function imageLinesOf(lines: readonly ExplodedLine[]): OrderImageLine[] {
  return lines.map(({ line, target, quantity, day, pegged }) => ({
    line,
    item: target.item,
    dimensions: target.dimensions,
    quantity: quantityOf(quantity),
    date: planDayOf(day),
    pegged,
  }));
}
