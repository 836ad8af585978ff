import { planDayOf, quantityOf } from '@tidemark/kernel';
import type { JournalEntry } from '@tidemark/journal';
import type { InventoryTransaction, TransactionType } from '@tidemark/inventory';
import type { OrderType } from '@tidemark/master-data';
import type { Decision, FirmedOrder, MarkingImage, OrderImage } from '../api/decisions.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { explodeOrder } from '../explosion/explode.js';
import { demandKinds, supplyKinds } from '../state/node-plan.js';
import { orderOfSupply } from '../state/names.js';
import { needPlacesOf } from '../state/order-lines.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf, type PlannedOrder } from '../state/planned-order.js';
import { imageLinesOf, imageOf } from './order-image.js';

/** A planned order and the node it stands at. */
export interface OrderPlace {
  readonly node: PlanNode;
  readonly order: PlannedOrder;
}

/** What a planned order becomes, and what its lines become (MO-11). */
const receiptTypes: Readonly<Record<OrderType, TransactionType>> = {
  purchase: 'purchaseOrder',
  production: 'productionOrder',
  transfer: 'transferReceipt',
  kanban: 'kanban',
};
const lineTypes: Readonly<Record<OrderType, TransactionType>> = {
  purchase: 'productionLine',
  production: 'productionLine',
  transfer: 'transferOrder',
  kanban: 'productionLine',
};

/** The decision that turns planned orders into real ones: images, entries, markings (MO-11). */
export function firmDecision(keeper: PlanKeeper, places: readonly OrderPlace[]): Decision {
  const ids = new Set(places.map(({ order }) => orderIdOf(order)));
  const orders = places.map((place) => firmOne(keeper, place, ids));
  const sequences = new Map<string, number>();
  const entries = orders.flatMap(({ receipt, lines }) =>
    [receipt, ...lines].map((assert) => entryOf(keeper, assert, sequences)),
  );
  return { kind: 'ordersFirmed', plan: keeper.definition.id, orders, entries };
}

/** The order and, down the chain, the planned orders that cover its lines. */
export function chainOf(start: OrderPlace): OrderPlace[] {
  const chain = [start];
  const seen = new Set([start.order]);
  for (const { node, order } of chain) {
    for (const { target, row } of needPlacesOf(node, order)) {
      const { pegs } = target.plan;
      for (let peg = 0; peg < pegs.demand.length; peg += 1) {
        if (pegs.demand[peg] !== row) continue;
        const below = orderOfSupply(target.plan, pegs.supply[peg] ?? 0);
        if (below === undefined || seen.has(below)) continue;
        seen.add(below);
        chain.push({ node: target, order: below });
      }
    }
  }
  return chain;
}

function firmOne(keeper: PlanKeeper, place: OrderPlace, firmed: ReadonlySet<string>): FirmedOrder {
  const image = explodedImage(keeper, place);
  const id = `firm/${image.id}`;
  const markings = markingsOf(keeper, place, firmed);
  const reference = referenceOf(keeper, place, firmed);
  const common = {
    company: keeper.state.world.company,
    reservationMode: 'manual' as const,
    hold: false,
    order: id,
  };
  const receipt: InventoryTransaction = {
    ...common,
    id,
    item: image.item,
    direction: 'receipt',
    type: receiptTypes[image.type],
    status: 'ordered',
    quantity: image.quantity,
    date: deliveryDateOf(keeper, place),
    dimensions: image.dimensions,
    ...(reference === undefined ? {} : { reference }),
  };
  const lines = image.lines.map((line): InventoryTransaction => ({
    ...common,
    id: `${id}/${line.line}`,
    item: line.item,
    direction: 'issue',
    type: lineTypes[image.type],
    status: 'onOrder',
    quantity: line.quantity,
    date: line.date,
    dimensions: line.dimensions,
  }));
  return { image, receipt, lines, markings };
}

/** A production order beyond the explosion fence is exploded now (TF-4). */
function explodedImage(keeper: PlanKeeper, { node, order }: OrderPlace): OrderImage {
  const image = imageOf(keeper, node, order);
  const parameters = keeper.state.parametersOf(node);
  if (image.lines.length > 0 || parameters === undefined) return image;
  const lines = explodeOrder(
    keeper.state,
    node,
    { ...parameters, explosionFence: Number.POSITIVE_INFINITY },
    order,
  );
  return { ...image, lines: imageLinesOf(lines) };
}

/** Its own delivery date; with the plan's switch, the delayed one. */
function deliveryDateOf({ state }: PlanKeeper, { node, order }: OrderPlace) {
  const index = node.plan.orders.indexOf(order);
  const delayed = node.delays.deliveryDay[index] ?? order.deliveryDay;
  const late = state.definition.setRequirementDateToDelayedDate;
  return planDayOf(late ? delayed : order.deliveryDay);
}

interface ServedTransaction {
  readonly issue: string;
  readonly quantity: number;
}

/** The real issues that an order covers, lines of orders firmed with it among them. */
function servedTransactions(
  { state }: PlanKeeper,
  { node, order }: OrderPlace,
  firmed: ReadonlySet<string>,
): ServedTransaction[] {
  const { pegs, demands, needs } = node.plan;
  const served: ServedTransaction[] = [];
  for (let peg = 0; peg < pegs.supply.length; peg += 1) {
    if (orderOfSupply(node.plan, pegs.supply[peg] ?? 0) !== order) continue;
    const demand = pegs.demand[peg] ?? 0;
    const source = demands.source[demand] ?? 0;
    const quantity = pegs.quantity[peg] ?? 0;
    if (demands.kind[demand] === demandKinds.transaction) {
      served.push({ issue: state.table.ids[source] ?? '', quantity });
    } else if (demands.kind[demand] === demandKinds.derived) {
      const segment = needs[demands.segment[demand] ?? 0];
      const parent = segment?.order[source];
      if (parent === undefined || !firmed.has(orderIdOf(parent))) continue;
      served.push({ issue: `firm/${orderIdOf(parent)}/${segment?.line[source] ?? 0}`, quantity });
    }
  }
  return served;
}

/** Every peg between two transactions that touches the new order or its lines (MO-11). */
function markingsOf(
  keeper: PlanKeeper,
  place: OrderPlace,
  firmed: ReadonlySet<string>,
): MarkingImage[] {
  const id = `firm/${orderIdOf(place.order)}`;
  const all = keeper.definition.firmingMarking !== 'none';
  const markings: MarkingImage[] = [];
  if (all || place.order.dedicated) {
    for (const { issue, quantity } of servedTransactions(keeper, place, firmed)) {
      markings.push({ issue, receipt: id, quantity: quantityOf(quantity) });
    }
  }
  return all ? [...markings, ...lineMarkings(keeper, place, id)] : markings;
}

function lineMarkings({ state }: PlanKeeper, place: OrderPlace, id: string): MarkingImage[] {
  const markings: MarkingImage[] = [];
  for (const { target, row, line } of needPlacesOf(place.node, place.order)) {
    const { pegs, supplies } = target.plan;
    for (let peg = 0; peg < pegs.demand.length; peg += 1) {
      const supply = pegs.supply[peg] ?? 0;
      if (pegs.demand[peg] !== row || supplies.kind[supply] !== supplyKinds.transaction) continue;
      markings.push({
        issue: `${id}/${line}`,
        receipt: state.table.ids[supplies.source[supply] ?? 0] ?? '',
        quantity: quantityOf(pegs.quantity[peg] ?? 0),
      });
    }
  }
  return markings;
}

/** The demand the order was made for: one that takes all of it, or (extended) the last one. */
function referenceOf(
  keeper: PlanKeeper,
  place: OrderPlace,
  firmed: ReadonlySet<string>,
): string | undefined {
  const { firmingMarking } = keeper.definition;
  if (firmingMarking === 'none') return undefined;
  const served = servedTransactions(keeper, place, firmed);
  const whole = served.find(({ quantity }) => quantity === place.order.quantity);
  return (whole ?? (firmingMarking === 'extended' ? served.at(-1) : undefined))?.issue;
}

function entryOf(
  { state }: PlanKeeper,
  assert: InventoryTransaction,
  sequences: Map<string, number>,
): JournalEntry {
  const { company, item, id } = assert;
  const last = sequences.get(item) ?? state.world.sequences.get(item) ?? 0;
  sequences.set(item, last + 1);
  const cause = { kind: 'firming' as const, source: 'tidemark', id, version: 1 };
  return { company, item, sequence: last + 1, cause, assert, postings: [] };
}
