import { effectiveStatus, type Ledger } from './ledger.js';
import { activeDimensions, countOf, nodeOf, pick, type PlanNode } from './nodes.js';
import type { PlanState } from './state.js';
import { termsOf, type Ground, type Terms } from './terms.js';
import type { Dimensions, OrderType, Transaction, TransactionStatus } from './world.js';

/** A plan over the journal it follows. */
export interface View {
  readonly ledger: Ledger;
  readonly state: PlanState;
}

export function groundOf(view: View): Ground {
  const { ledger, state } = view;
  return { master: state.master, plan: ledger.plans[state.name] ?? {}, today: state.day };
}

export function nodeAt(view: View, item: string, dimensions: Dimensions | undefined): PlanNode {
  return nodeOf(item, view.state.master.items[item], dimensions);
}

export function termsAt(view: View, node: PlanNode, type?: OrderType): Terms {
  return termsOf(groundOf(view), node, type);
}

const openIssue: readonly TransactionStatus[] = [
  'onOrder',
  'reservedOrdered',
  'reservedPhysical',
  'picked',
];
const openReceipt: readonly TransactionStatus[] = ['ordered', 'arrived', 'registered'];

/** NE-10, NE-14: open in this plan and not held. */
export function isOpen(view: View, image: Transaction): boolean {
  if (image.hold === true) return false;
  const status = effectiveStatus(view.ledger, image);
  if (status === 'quotationIssue' || status === 'quotationReceipt') {
    return groundOf(view).plan.includeQuotations === true;
  }
  return openIssue.includes(status) || openReceipt.includes(status);
}

/** Nodes that master data name by themselves: items and dimensions with a stock to hold. */
function nodesOfItem(view: View, id: string): readonly PlanNode[] {
  const item = view.state.master.items[id];
  const active = activeDimensions(item);
  if (active.length === 0) {
    const whole = nodeOf(id, item);
    const { minimum, reorderPoint } = termsAt(view, whole).settings;
    return (minimum ?? 0) > 0 || (reorderPoint ?? 0) > 0 ? [whole] : [];
  }
  return (item?.coverageByDimension ?? [])
    .filter((entry) => (entry.minimum ?? 0) > 0 || (entry.reorderPoint ?? 0) > 0)
    .filter((entry) => countOf(pick(entry.for, active)) === active.length)
    .map((entry) => nodeOf(id, item, entry.for));
}

/** Every node of the plan: of stock, transactions, planned orders and master data. */
export function nodesOf(view: View): readonly PlanNode[] {
  const { state } = view;
  const places: { item: string; dimensions?: Dimensions | undefined }[] = [
    ...state.stock.values(),
    ...state.images.values(),
    ...state.orders,
    ...state.orders.flatMap((order) => order.lines),
  ];
  const found = new Map<string, PlanNode>();
  const add = (node: PlanNode): void => {
    found.set(node.key, node);
  };
  for (const place of places) add(nodeAt(view, place.item, place.dimensions));
  for (const id of Object.keys(state.master.items)) nodesOfItem(view, id).forEach(add);
  return [...found.values()];
}

/** Nodes with something to plan, and those that had something once: they are looked at, too. */
export function placesOf(view: View): readonly PlanNode[] {
  const found = new Map(
    [...view.state.places.values(), ...nodesOf(view)].map((node) => [node.key, node]),
  );
  return [...found.values()];
}

export function keepPlaces(view: View, nodes: readonly PlanNode[] = nodesOf(view)): void {
  for (const node of nodes) view.state.places.set(node.key, node);
}
