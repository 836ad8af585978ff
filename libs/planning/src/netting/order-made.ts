import type { OrderType } from '@tidemark/master-data';
import { afterReceiptMargin, type OrderDays } from '../settings/dates.js';
import type { NodeParameters } from '../settings/parameters.js';
import type { PlannedOrder } from '../state/planned-order.js';

/** The order in the making: its content, but for what names it. One serves all orders. */
export class OrderMade {
  /** The demand that opens it; -1: a buffer does. */
  demand = -1;
  type: OrderType = 'purchase';
  quantity = 0;
  requirementDay = 0;
  orderDay = 0;
  startDay = 0;
  deliveryDay = 0;
  coverageDay = 0;
  ownAvailableDay = 0;
  dedicated = false;
  priority: number | undefined = undefined;

  /** An order that this demand opens, of the node's type, for others too. */
  open(demand: number, days: OrderDays, parameters: NodeParameters): void {
    const available = afterReceiptMargin(days.deliveryDay, parameters);
    const counted = Math.min(days.requirementDay, available);
    this.demand = demand;
    this.type = parameters.orderType;
    this.requirementDay = days.requirementDay;
    this.orderDay = days.orderDay;
    this.startDay = days.startDay;
    this.deliveryDay = days.deliveryDay;
    this.coverageDay = Math.max(counted, parameters.itemDays.next(parameters.today));
    this.ownAvailableDay = available;
    this.dedicated = false;
    this.priority = undefined;
  }

  /** True if the order of the last run, of the same opener and number, is this one. */
  isAgain(order: PlannedOrder): boolean {
    return (
      order.quantity === this.quantity &&
      order.type === this.type &&
      order.requirementDay === this.requirementDay &&
      order.orderDay === this.orderDay &&
      order.startDay === this.startDay &&
      order.deliveryDay === this.deliveryDay &&
      order.coverageDay === this.coverageDay &&
      order.ownAvailableDay === this.ownAvailableDay &&
      order.dedicated === this.dedicated &&
      order.priority === this.priority &&
      order.stage === 'planned' &&
      order.fixedLines === undefined
    );
  }
}
