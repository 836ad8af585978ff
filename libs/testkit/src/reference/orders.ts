import { productionLines, transferLines } from './boms.js';
import type { Demand } from './demands.js';
import { lineKey, type DerivedLine, type PlannedOrder } from './state.js';
import type { Run } from './run.js';
import type { Terms } from './terms.js';
import type { OrderDates } from './timing.js';
import type { Amount } from './values.js';
import { groundOf } from './view.js';

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

function linesFor(run: Run, terms: Terms, order: PlannedOrder): readonly DerivedLine[] {
  switch (order.type) {
    case 'transfer':
      return transferLines(terms, order);
    case 'production':
    case 'kanban':
      return explodes(terms, order) ? productionLines(groundOf(run), terms, order) : [];
    case 'purchase':
      return [];
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
  const own = state.orders.filter(
    (order) => order.opener === wanted.opener && order.id.startsWith(`${node.key}|`),
  );
  const n = own.length + 1;
  state.made += 1;
  const order: PlannedOrder = {
    id: `${node.key}|${wanted.opener}|${n}`,
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
    ownDeliveryDay: wanted.dates.deliveryDay,
    status: 'planned',
    frozen: false,
    created: false,
    serves: [],
    lines: [],
    exploded: true,
  };
  order.lines = linesFor(run, terms, order);
  state.orders = [...state.orders, order];
  run.fresh.add(order.id);
  return order;
}
