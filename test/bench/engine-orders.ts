import { formatPlanDay, unit } from '@tidemark/kernel';
import type { PlanView } from '@tidemark/planning';
import type { DatasetOrder } from './gen-dataset.mjs';

/** The planned orders of a plan in the generator's words. */
export function ordersOf(view: PlanView): DatasetOrder[] {
  return view.rowsOf().flatMap((rows) =>
    rows.orders.map((order) => ({
      item: order.item,
      kind: order.type,
      quantity: order.quantity / unit,
      requirementDate: formatPlanDay(order.requirementDate),
      orderDate: formatPlanDay(order.orderDate),
      deliveryDate: formatPlanDay(order.deliveryDate),
    })),
  );
}
