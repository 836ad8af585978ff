import { compareText, identityOfText } from '@tidemark/kernel';
import { demandKinds, demandRowOfNeed, supplyKinds } from '../state/node-plan.js';
import { demandNameIn, supplyNameIn } from '../state/names.js';
import { needPlacesOf } from '../state/order-lines.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf, sameIdentity } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';

/** A requirement row of the plan: its node and its row there. */
export interface DemandPlace {
  readonly node: PlanNode;
  readonly row: number;
}

/** A supply row of the plan. */
interface SupplyPlace {
  readonly node: PlanNode;
  readonly row: number;
}

/** All orders, planned and real, that must be completed for these demands (MO-20). */
export function ordersFor(state: PlanState, demands: readonly string[]): string[] {
  const orders = new Set<string>();
  walkDown(state, demands, ({ node, row }) => {
    if (node.plan.supplies.kind[row] !== supplyKinds.onHand) {
      orders.add(supplyNameIn(state, node.plan, row));
    }
  });
  return [...orders].sort(compareText);
}

/** All independent demands that reach this order over pegs, lines and component needs (MO-20). */
export function demandsOn(state: PlanState, order: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>([order]);
  for (const name of seen) {
    for (const place of suppliesNamed(state, name)) {
      for (const demand of servedBy(place)) {
        const demandName = demandNameIn(state, place.node, demand);
        const kind = place.node.plan.demands.kind[demand];
        if (kind === demandKinds.safetyStock) continue;
        const above = ordersAbove(state, place.node, demand);
        if (above.length === 0) found.add(demandName);
        for (const order of above) seen.add(order);
      }
    }
  }
  return [...found].sort(compareText);
}

/** Visits every supply below the demands once; returns the requirements reached. */
export function walkDown(
  state: PlanState,
  demands: readonly string[],
  visit: (supply: SupplyPlace) => void,
): DemandPlace[] {
  const reached: DemandPlace[] = [];
  const seen = new Set<string>();
  const waiting = demands.flatMap((name) => demandsNamed(state, name));
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const key = `${place.node.key}\u0000${place.row}`;
    if (seen.has(key)) continue;
    seen.add(key);
    reached.push(place);
    const { pegs } = place.node.plan;
    for (let peg = 0; peg < pegs.demand.length; peg += 1) {
      if (pegs.demand[peg] !== place.row) continue;
      const supply = { node: place.node, row: pegs.supply[peg] ?? 0 };
      visit(supply);
      waiting.push(...needsOf(state, supply));
    }
  }
  return reached;
}

/** The requirements that an order itself has: component needs, or lines of a real order. */
function needsOf(state: PlanState, { node, row }: SupplyPlace): DemandPlace[] {
  const source = node.plan.supplies.source[row] ?? 0;
  if (node.plan.supplies.kind[row] === supplyKinds.transaction) return linesOf(state, source);
  const order = node.plan.orders[source];
  if (order === undefined || node.plan.supplies.kind[row] !== supplyKinds.order) return [];
  const places: DemandPlace[] = [];
  for (const need of needPlacesOf(node, order)) {
    if (need.row >= 0) places.push({ node: need.target, row: need.row });
  }
  return places;
}

function linesOf(state: PlanState, receipt: number): DemandPlace[] {
  const order = state.table.image(receipt)?.order;
  if (order === undefined) return [];
  return [...(state.orderGroups.get(order) ?? [])].flatMap((handle) =>
    state.table.image(handle)?.direction === 'issue'
      ? demandsNamed(state, state.table.ids[handle] ?? '')
      : [],
  );
}

/**
 * The order whose component need a demand is, or the receipts of the real order that it is a line
 * of; none: it is independent. A line is, too, while the plan has no receipt of its order.
 */
function ordersAbove(state: PlanState, node: PlanNode, demand: number): string[] {
  const { demands, needs } = node.plan;
  const source = demands.source[demand] ?? 0;
  if (demands.kind[demand] === demandKinds.derived) {
    const order = needs[demands.segment[demand] ?? 0]?.order[source];
    return order === undefined ? [] : [orderIdOf(order)];
  }
  const image = state.table.image(source);
  if (demands.kind[demand] !== demandKinds.transaction || image?.order === undefined) return [];
  return [...(state.orderGroups.get(image.order) ?? [])].flatMap((handle) => {
    const id = state.table.ids[handle] ?? '';
    const isReceipt = state.table.image(handle)?.direction === 'receipt';
    return isReceipt && suppliesNamed(state, id).length > 0 ? [id] : [];
  });
}

function servedBy({ node, row }: SupplyPlace): number[] {
  const { pegs } = node.plan;
  return Array.from(pegs.demand).filter((_, peg) => pegs.supply[peg] === row);
}

/** A component need is named `<order>/<line>`, a transaction by its id. */
function demandsNamed(state: PlanState, name: string): DemandPlace[] {
  const handle = state.table.handleOf(name);
  const own = handle === undefined ? undefined : state.nodeOfHandle[handle];
  if (own !== undefined) {
    const { demands } = own.plan;
    const row = demands.kind.findIndex(
      (kind, at) => kind === demandKinds.transaction && demands.source[at] === handle,
    );
    return row < 0 ? [] : [{ node: own, row }];
  }
  const slash = name.lastIndexOf('/');
  return slash < 0 ? [] : needsNamed(state, name, slash);
}

function needsNamed(state: PlanState, name: string, slash: number): DemandPlace[] {
  const order = identityOfText(name.slice(0, slash));
  const line = Number(name.slice(slash + 1));
  for (const node of state.nodes.values()) {
    const { needs } = node.plan;
    for (let at = 0; at < needs.length; at += 1) {
      const need = needs[at];
      const from = need?.order.findIndex(
        (of, row) => need.line[row] === line && sameIdentity(of.identity, order),
      );
      const row = from === undefined || from < 0 ? -1 : demandRowOfNeed(node.plan, at, from);
      if (row >= 0 && demandNameIn(state, node, row) === name) return [{ node, row }];
    }
  }
  return [];
}

function suppliesNamed(state: PlanState, name: string): SupplyPlace[] {
  const handle = state.table.handleOf(name);
  const own = handle === undefined ? undefined : state.nodeOfHandle[handle];
  const identity = identityOfText(name);
  for (const node of own === undefined ? state.nodes.values() : [own]) {
    const { supplies, orders } = node.plan;
    const index =
      own === undefined
        ? orders.findIndex((order) => sameIdentity(order.identity, identity))
        : (handle ?? -1);
    if (index < 0) continue;
    const kind = own === undefined ? supplyKinds.order : supplyKinds.transaction;
    const row = supplies.kind.findIndex((of, at) => of === kind && supplies.source[at] === index);
    if (row >= 0 && supplyNameIn(state, node.plan, row) === name) return [{ node, row }];
  }
  return [];
}
