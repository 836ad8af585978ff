import type { OrderType } from '@tidemark/master-data';
import type { OrderDays } from '../settings/dates.js';
import type { PlannedOrder } from '../state/planned-order.js';

/** What an order is made of; the demand of a buffer is -1. */
export interface OrderMade {
  readonly demand: number;
  readonly type: OrderType;
  readonly quantity: number;
  readonly days: OrderDays;
  readonly dedicated?: boolean;
  readonly priority?: number;
}

/** True if the order of the last run, of the same opener and number, is this one. */
export function isMadeAgain(order: PlannedOrder, made: OrderMade): boolean {
  return (
    order.quantity === made.quantity &&
    order.type === made.type &&
    order.requirementDay === made.days.requirementDay &&
    order.orderDay === made.days.orderDay &&
    order.startDay === made.days.startDay &&
    order.deliveryDay === made.days.deliveryDay &&
    order.dedicated === (made.dedicated === true) &&
    order.priority === made.priority &&
    order.stage === 'planned' &&
    order.fixedLines === undefined
  );
}
