import { planDayOf, present, quantityOf } from '@tidemark/kernel';
import type { OrderImage, OrderImageLine } from '../api/decisions.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import type { ExplodedLine } from '../state/exploded-line.js';
import { demandNameIn, orderOfSupply } from '../state/names.js';
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
    lines: linesInPlan(node, order),
    serves: plan.pegs.supply.flatMap((supply, peg) =>
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

function linesInPlan(node: PlanNode, order: PlannedOrder): OrderImageLine[] {
  const lines = node.plan.derived.flatMap((segment) =>
    segment.order.flatMap((of, at) =>
      of !== order
        ? []
        : [
            {
              line: segment.line[at] ?? 0,
              target: segment.target,
              quantity: segment.quantity[at] ?? 0,
              day: segment.day[at] ?? 0,
              pegged: segment.pegged[at] === 1,
            },
          ],
    ),
  );
  return imageLinesOf(lines).sort((left, right) => left.line - right.line);
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
