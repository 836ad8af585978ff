import type { PlanNode } from './nodes.js';
import { pegsOfSupply } from './pegs.js';
import type { PlannedOrder } from './state.js';
import { ordersAt } from './supplies.js';
import { termsAt, type View } from './view.js';

/** What a kept order goes on serving (MO-10). */
export function servedBy(view: View, order: PlannedOrder): PlannedOrder['serves'] {
  return pegsOfSupply(view, order.id).map(({ demand, quantity }) => ({ demand, quantity }));
}

/** TF-2: orders inside the freezing fence stay as they are; past and unneeded ones end. */
export function freezeAt(view: View, node: PlanNode): void {
  const { today, fences } = termsAt(view, node);
  for (const order of ordersAt(view, node)) {
    if (order.frozen) {
      const over = order.requirementDay < today && pegsOfSupply(view, order.id).length === 0;
      if (over) order.frozen = false;
    } else if (order.status === 'planned' && fences.freezing > 0) {
      if (order.requirementDay > today + fences.freezing) continue;
      order.frozen = true;
      order.serves = servedBy(view, order);
      view.state.made += 1;
      order.made = view.state.made;
    }
  }
}

/** TF-3: planned orders whose trigger date lies inside the firming fence. */
export function isToFirm(view: View, node: PlanNode, order: PlannedOrder): boolean {
  const { today, fences, plan } = termsAt(view, node);
  if (fences.firming <= 0 || order.status === 'approved') return false;
  const byOrderDate = (plan.firmingBasis ?? 'orderDate') === 'orderDate';
  const trigger = byOrderDate ? order.orderDay : order.requirementDay;
  return trigger <= today + fences.firming;
}
