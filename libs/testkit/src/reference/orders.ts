import { productionLines, transferLines } from './boms.js';
import type { Demand } from './demands.js';
import { lineKey, orderOf, type DerivedLine, type PlannedOrder } from './state.js';
import type { Run } from './run.js';
import type { Terms } from './terms.js';
import type { OrderDates } from './timing.js';
import type { Amount } from './values.js';
import { groundOf, type View } from './view.js';

/** MO-14: what opens an order. */
export function openerOf(demand: Demand): string {
  if (demand.source === 'minimum') return 'safetyStock';
  return demand.parent === undefined
    ? demand.key
    : lineKey(demand.parent.order.id, demand.parent.line);
}

/** TF-4: production (and kanban, TR-6) inside the fence; a fence of 0 switches explosion off. */
function explodes(terms: Terms, order: PlannedOrder): boolean {
  const { explosion } = terms.fences;
  return explosion > 0 && order.requirementDay <= terms.today + explosion;
}

/** The component needs of an order; `beyondFence`: whatever the explosion fence says (MO-11). */
export function linesFor(
  view: View,
  terms: Terms,
  order: PlannedOrder,
  beyondFence = false,
): readonly DerivedLine[] {
  switch (order.type) {
    case 'transfer':
      return transferLines(terms, order);
    case 'production':
    case 'kanban':
      return beyondFence || explodes(terms, order)
        ? productionLines(groundOf(view), terms, order)
        : [];
    case 'purchase':
      return [];
  }
}

/** MO-14: the next number that no order that stands holds, and none firmed ever held. */
function nextNumber(run: Run, prefix: string): number {
  const { state, ledger } = run;
  for (let n = 1; ; n += 1) {
    const id = `${prefix}|${n}`;
    if (orderOf(state, id) === undefined && !ledger.firmedOrders.has(id)) return n;
  }
}

export interface NewOrder {
  readonly opener: string;
  readonly quantity: Amount;
  readonly dates: OrderDates;
  readonly dedicatedTo?: string;
  readonly priority?: number;
}

/** Makes a planned order of a node and explodes it. */
export function makeOrder(run: Run, terms: Terms, wanted: NewOrder): PlannedOrder {
  const { state } = run;
  const { node } = terms;
  const prefix = `${node.key}|${wanted.opener}`;
  const n = nextNumber(run, prefix);
  state.made += 1;
  const order: PlannedOrder = {
    id: `${prefix}|${n}`,
    item: node.item,
    dimensions: node.dimensions,
    type: terms.orderType,
    opener: wanted.opener,
    n,
    made: state.made,
    dedicatedTo: wanted.dedicatedTo,
    priority: wanted.priority,
    quantity: wanted.quantity,
    ...wanted.dates,
    status: 'planned',
    frozen: false,
    serves: [],
    lines: [],
  };
  order.lines = linesFor(run, terms, order);
  state.orders = [...state.orders, order];
  state.fresh.add(order.id);
  return order;
}
