import { createHash } from 'node:crypto';
import { compareText, formatPlanDay, formatQuantity } from '@tidemark/kernel';
import type { OrderRow } from '@tidemark/planning';
import { lineText } from './line-text.js';
import type { PublishedPlan } from './published-plan.js';
import { lineKinds, type LineKind } from './row-keys.js';

/** The export of one kind of line: one JSON text a line, sorted by their bytes. */
export function exportLines(plan: PublishedPlan, kind: LineKind): readonly string[] {
  return Array.from(plan.lines(kind), lineText).toSorted(compareText);
}

/** SHA-256 over the four exports, one after the other. */
export function planHash(plan: PublishedPlan): string {
  const hash = createHash('sha256');
  for (const kind of lineKinds) {
    for (const line of exportLines(plan, kind)) hash.update(`${line}\n`);
  }
  return hash.digest('hex');
}

/** SHA-256 over the canonical text of the planned orders, which no id is part of. */
export function ordersHash(orders: readonly OrderRow[]): string {
  const hash = createHash('sha256');
  for (const line of orders.map(orderText).toSorted(compareText)) hash.update(`${line}\n`);
  return hash.digest('hex');
}

function orderText({ type, quantity, ...order }: OrderRow): string {
  const days = [order.requirementDate, order.orderDate, order.deliveryDate].map(formatPlanDay);
  return [order.item, ...days, type, formatQuantity(quantity)].join(',');
}
