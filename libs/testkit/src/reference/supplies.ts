import { compareSources } from './demands.js';
import { effectiveStatus } from './ledger.js';
import type { PlanNode } from './nodes.js';
import { isDecided, type PlannedOrder } from './state.js';
import type { Terms } from './terms.js';
import { availableAfter, nextToday, receiptAvailability } from './timing.js';
import { sumOf, type Amount, type Day } from './values.js';
import { isOpen, nodeAt, termsAt, type View } from './view.js';
import type { OrderType, Transaction, TransactionType } from './world.js';

/** A supply row of a node. */
export interface Supply {
  readonly key: string;
  readonly node: PlanNode;
  readonly quantity: Amount;
  readonly available: Day;
  readonly rank: number;
  readonly kind: 'onHand' | 'receipt' | 'planned';
  readonly transaction: Transaction | undefined;
  readonly order: PlannedOrder | undefined;
}

/** NE-8: type rank of supplies of one day. */
const supplyRank: Readonly<Record<TransactionType, number>> = {
  transferReceipt: 1,
  productionOrder: 2,
  kanban: 3,
  purchaseOrder: 4,
  inventoryJournal: 5,
  salesOrder: 5,
  productionLine: 5,
  transferOrder: 5,
  forecast: 5,
};
const plannedRank = 6;

/** The order type of a receipt (AC-5). */
export function orderTypeOfReceipt(type: TransactionType): OrderType | undefined {
  switch (type) {
    case 'purchaseOrder':
      return 'purchase';
    case 'productionOrder':
      return 'production';
    case 'transferReceipt':
      return 'transfer';
    case 'kanban':
      return 'kanban';
    default:
      return undefined;
  }
}

export function onHandKeyOf(node: PlanNode): string {
  return `onHand:${node.key}`;
}

/** NE-4: the sum over the node's stock dimensions; a negative sum counts as 0. */
export function onHandOf(view: View, node: PlanNode): Amount {
  const records = [...view.state.stock.values()].filter(
    (record) => nodeAt(view, record.item, record.dimensions).key === node.key,
  );
  return Math.max(0, sumOf(records.map((record) => record.quantity)));
}

function onHandSupply(view: View, terms: Terms): readonly Supply[] {
  const quantity = onHandOf(view, terms.node);
  if (terms.settings.onHandConsumption === 'none' || quantity === 0) return [];
  return [
    {
      key: onHandKeyOf(terms.node),
      node: terms.node,
      quantity,
      available: terms.today,
      rank: 0,
      kind: 'onHand',
      transaction: undefined,
      order: undefined,
    },
  ];
}

/** DA-3: the date an open receipt counts from. */
export function baseDay(image: Transaction): Day {
  return image.confirmedDate ?? image.date;
}

/** CO-2, law 6: receipts that firming made here are no receipts to be left out. */
function isFirmed({ id, origin }: Transaction): boolean {
  return (origin ?? id).startsWith('firm/');
}

function receiptSupplies(view: View, terms: Terms): readonly Supply[] {
  return [...view.state.images.values()]
    .filter((image) => image.direction === 'receipt' && isOpen(view, image))
    .filter((image) => terms.settings.openReceipts !== 'ignore' || isFirmed(image))
    .filter((image) => nodeAt(view, image.item, image.dimensions).key === terms.node.key)
    .map((image) => ({
      key: image.id,
      node: terms.node,
      quantity: image.quantity,
      available: receiptAvailability(terms, baseDay(image), effectiveStatus(view.ledger, image)),
      rank: supplyRank[image.type],
      kind: 'receipt',
      transaction: image,
      order: undefined,
    }));
}

/** NE-9: a planned order counts on the day it was made for, even when it will be late. */
export function plannedAvailability(terms: Terms, order: PlannedOrder): Day {
  const delivered = availableAfter(terms, order.deliveryDay);
  return Math.max(nextToday(terms), Math.min(order.requirementDay, delivered));
}

export function plannedSupply(terms: Terms, order: PlannedOrder): Supply {
  return {
    key: order.id,
    node: terms.node,
    quantity: order.quantity,
    available: plannedAvailability(terms, order),
    rank: plannedRank,
    kind: 'planned',
    transaction: undefined,
    order,
  };
}

/** NE-8: decisions are there before a run makes anything; then in order of making. */
export function compareMaking(left: PlannedOrder, right: PlannedOrder): number {
  const byDecision = Number(isDecided(right)) - Number(isDecided(left));
  return byDecision || left.made - right.made;
}

/** NE-8: ascending availability, type rank, then sources, firmed ones, planned orders as made. */
export function compareSupplies(view: View): (left: Supply, right: Supply) => number {
  return (left, right) => {
    const byRank = left.available - right.available || left.rank - right.rank;
    if (byRank !== 0) return byRank;
    if (left.order !== undefined && right.order !== undefined) {
      const byDay = left.order.requirementDay - right.order.requirementDay;
      return byDay || compareMaking(left.order, right.order);
    }
    return compareSources(view, left.key, right.key);
  };
}

/** The planned orders of a node. */
export function ordersAt(view: View, node: PlanNode): readonly PlannedOrder[] {
  return view.state.orders.filter(
    (order) => nodeAt(view, order.item, order.dimensions).key === node.key,
  );
}

/** All supplies of a node: on-hand first, then by NE-8. */
export function suppliesAt(view: View, node: PlanNode): readonly Supply[] {
  const terms = termsAt(view, node);
  const planned = ordersAt(view, node).map((order) => plannedSupply(terms, order));
  const dated = [...receiptSupplies(view, terms), ...planned].toSorted(compareSupplies(view));
  return [...onHandSupply(view, terms), ...dated];
}
