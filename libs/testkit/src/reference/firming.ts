import { delaysOf, arrivalOf } from './delays.js';
import { append, pairKey } from './ledger.js';
import { linesFor } from './orders.js';
import { pegsOfDemand, pegsOfSupply } from './pegs.js';
import { lineKey, orderOf, parentOf, type DerivedLine, type PlannedOrder } from './state.js';
import type { Amount, Day } from './values.js';
import { applyEntry } from './update.js';
import { groundOf, nodeAt, nodesOf, termsAt, type View } from './view.js';
import type { OrderType, Transaction, TransactionType } from './world.js';

const receiptTypes: Readonly<Record<OrderType, TransactionType>> = {
  purchase: 'purchaseOrder',
  production: 'productionOrder',
  transfer: 'transferReceipt',
  kanban: 'kanban',
};

/** MO-11 `chain`: the order and the planned orders that cover its lines, and so on down. */
export function chainOf(view: View, order: PlannedOrder): readonly PlannedOrder[] {
  const chain = [order];
  for (const above of chain) {
    for (const { line } of above.lines) {
      for (const { supply } of pegsOfDemand(view, lineKey(above.id, line))) {
        const below = orderOf(view.state, supply);
        if (below !== undefined && !chain.includes(below)) chain.push(below);
      }
    }
  }
  return chain;
}

/** MO-11: its own delivery date; with the plan's switch, the delayed one. */
function deliveryOf(view: View, order: PlannedOrder): Day {
  if (groundOf(view).plan.setRequirementDateToDelayedDate !== true) return order.deliveryDay;
  return arrivalOf(delaysOf(view, nodesOf(view)), order.id)?.delivery ?? order.deliveryDay;
}

interface Mark {
  readonly issue: string;
  readonly receipt: string;
  readonly quantity: Amount;
}

/** MO-11: pegs between two transactions that touch the new order or its lines. */
function markingsFor(view: View, order: PlannedOrder, together: ReadonlySet<string>): Mark[] {
  const { state } = view;
  const receipt = `firm/${order.id}`;
  const all = groundOf(view).plan.firmingMarking !== 'none';
  const marks: Mark[] = [];
  if (all || order.dedicatedTo !== undefined) {
    for (const { demand, quantity } of pegsOfSupply(view, order.id)) {
      const parent = parentOf(state, demand)?.order.id;
      if (state.images.has(demand)) marks.push({ issue: demand, receipt, quantity });
      else if (parent !== undefined && together.has(parent)) {
        marks.push({ issue: `firm/${demand}`, receipt, quantity });
      }
    }
  }
  for (const { line } of all ? order.lines : []) {
    const key = lineKey(order.id, line);
    for (const { supply, quantity } of pegsOfDemand(view, key)) {
      if (!state.images.has(supply)) continue;
      marks.push({ issue: `firm/${key}`, receipt: supply, quantity });
    }
  }
  return marks;
}

function receiptOf(view: View, order: PlannedOrder): Transaction {
  const id = `firm/${order.id}`;
  const { item, dimensions, quantity } = order;
  return {
    id,
    item,
    direction: 'receipt',
    type: receiptTypes[order.type],
    quantity,
    date: deliveryOf(view, order),
    status: 'ordered',
    dimensions,
    order: id,
  };
}

function lineOf(order: PlannedOrder, line: DerivedLine): Transaction {
  const { item, dimensions, quantity, type } = line;
  return {
    id: `firm/${lineKey(order.id, line.line)}`,
    item,
    direction: 'issue',
    type,
    quantity,
    date: line.day,
    status: 'onOrder',
    dimensions,
    order: `firm/${order.id}`,
  };
}

function servesMinimum(view: View, order: PlannedOrder): boolean {
  return pegsOfSupply(view, order.id).some(({ demand }) => demand.startsWith('safetyStock:'));
}

/** MO-11: planned orders become real ones, with entries in the journal and markings. */
export function firm(view: View, orders: readonly PlannedOrder[]): void {
  const { ledger, state } = view;
  const together = new Set(orders.map((order) => order.id));
  const made = orders.map((order) => {
    const marks = markingsFor(view, order, together);
    const terms = termsAt(view, nodeAt(view, order.item, order.dimensions), order.type);
    const lines = order.lines.length > 0 ? order.lines : linesFor(view, terms, order, true);
    const images = [receiptOf(view, order), ...lines.map((line) => lineOf(order, line))];
    return { order, marks, images, minimum: servesMinimum(view, order) };
  });
  for (const { order, images, minimum } of made) {
    if (minimum) ledger.minimumServers.add(`firm/${order.id}`);
    ledger.firmings += 1;
    ledger.firmedOrders.add(order.id);
    images.forEach((image, line) => {
      ledger.images.set(image.id, image);
      ledger.firmed.set(image.id, { position: ledger.firmings, line });
      const entry = { item: image.item, id: image.id, after: image, stock: [] };
      append(ledger, { ...entry, replaces: undefined, firms: order.id });
    });
  }
  for (const { marks } of made) {
    for (const mark of marks) ledger.marks.set(pairKey(mark.issue, mark.receipt), mark);
  }
  for (const { order } of made) {
    const own = ledger.entries.find((entry) => entry.firms === order.id);
    if (own !== undefined && !state.ahead.has(own.sequence)) applyEntry(view, own);
  }
}
