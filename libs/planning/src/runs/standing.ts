import type { NettingDesk } from '../netting/desk.js';
import type { Standing } from '../netting/cover-node.js';
import { pairOf, peggedPairs } from '../netting/fixed-pegs.js';
import type { OrderImage } from '../api/decisions.js';
import { supplyKeptAt } from '../state/kept-supply.js';
import { demandNameIn, demandNameOf, supplyNameIn } from '../state/names.js';
import { availabilityOf, keptOrderOf } from '../state/kept-order.js';
import { supplyKinds } from '../state/node-plan.js';
import { linesOfOrder } from '../state/order-lines.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf, type PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';

/**
 * Regeneration: nothing stands but what decisions keep (NE-3): orders by themselves, and supply
 * kept for a demand with its pegs (MO-19, PR-5).
 */
export function decisionsOnly(state: PlanState, node: PlanNode): Standing {
  const kept = state.keptSupply.isEmpty ? undefined : supplyKeptAt(state, node);
  if (kept === undefined) return { orders: node.kept, restore: () => undefined };
  const decided = new Set(node.kept.map(orderIdOf));
  const orders = kept.orders.filter(({ id }) => !decided.has(id) && !state.isGone(id));
  return {
    orders: [...node.kept, ...orders.flatMap((image) => earlierOrderOf(state, node, image))],
    restore: (desk) => restorePegs(desk, kept.pegs),
  };
}

/** An order kept for a demand, as if an earlier run had made it. */
function earlierOrderOf(state: PlanState, node: PlanNode, image: OrderImage): PlannedOrder[] {
  const parameters = state.parametersOf(node);
  if (parameters === undefined) return [];
  const order = keptOrderOf(state, image, 'approved', parameters);
  return [{ ...order, stage: 'planned', keptBy: 'earlierRun', image: undefined }];
}

/** A peg of the last run, by names, so that it finds its rows again. */
interface StandingPeg {
  readonly demand: string;
  readonly supply: string;
  readonly quantity: number;
}

/** Net change: the orders and the coverage of the last run stand (MO-2, MO-4). */
export function coverageStands(state: PlanState, node: PlanNode): Standing {
  const pegs = pegsOf(state, node);
  return { orders: standingOrders(state, node), ...standingPegs(pegs) };
}

/** Between runs: the orders of the last run are still its own, not an earlier one's (DL-1). */
export function lastRunStands(state: PlanState, node: PlanNode): Standing {
  const pegs = pegsOf(state, node);
  return { orders: standingOrders(state, node, asLastRun), ...standingPegs(pegs) };
}

/** The same without the pegs of demands that are dropped, and without orders for them alone. */
export function standsWithout(state: PlanState, node: PlanNode, dropped: Dropped): Standing {
  const pegs = pegsOf(state, node);
  const left = pegs.filter((peg) => !dropped.demands.has(peg.demand));
  const served = new Set(left.map((peg) => peg.supply));
  const lost = new Set(pegs.map((peg) => peg.supply).filter((supply) => !served.has(supply)));
  const orders = standingOrders(state, node).filter((order) => {
    const own = order.keptBy === undefined || order.keptBy === 'earlierRun';
    if (!own || !lost.has(orderIdOf(order))) return true;
    dropped.dropOrder(node, order);
    return false;
  });
  return { orders, ...standingPegs(left) };
}

/** Only the orders and pegs of these demands stand, and what decisions keep (MO-19). */
export function standsForDemands(
  state: PlanState,
  node: PlanNode,
  demands: ReadonlySet<string>,
): Standing {
  const pegs =
    demands.size === 0 ? [] : pegsOf(state, node).filter((peg) => demands.has(peg.demand));
  if (pegs.length === 0) return { orders: node.kept, restore: () => undefined };
  const supplies = new Set(pegs.map((peg) => peg.supply));
  const kept = new Set(node.kept.map(orderIdOf));
  const orders = standingOrders(state, node).filter((order) => {
    const id = orderIdOf(order);
    return kept.has(id) || supplies.has(id);
  });
  return { orders, restore: (desk) => restorePegs(desk, pegs) };
}

/** Demands whose coverage a run gives up, and with it the orders that covered nothing else. */
export class Dropped {
  readonly demands = new Set<string>();
  readonly #targets = new Set<PlanNode>();

  /** The component needs of an order go with it. */
  dropOrder(node: PlanNode, order: PlannedOrder): void {
    for (const line of order.fixedLines ?? linesOfOrder(node, order)) {
      this.demands.add(`${orderIdOf(order)}/${line.line}`);
      this.#targets.add(line.target);
    }
  }

  /** Nodes of needs dropped since this was last asked. */
  takeTargets(): PlanNode[] {
    const targets = [...this.#targets];
    this.#targets.clear();
    return targets;
  }
}

/** Decisions first, then the orders of earlier runs with the needs they had then. */
function standingOrders(
  state: PlanState,
  node: PlanNode,
  standing: typeof asEarlier = asEarlier,
): PlannedOrder[] {
  const kept = new Set(node.kept.map(orderIdOf));
  const orders = [...node.kept];
  for (const order of node.plan.orders) {
    const id = orderIdOf(order);
    const decided = order.keptBy !== undefined && order.keptBy !== 'earlierRun';
    const released = decided && !state.unapproved.has(id);
    if (kept.has(id) || released || state.isLeaving(id)) continue;
    orders.push(standing(state, node, order));
  }
  return orders;
}

/** An order of the last run stays one, with its lines; any other is an earlier run's. */
function asLastRun(state: PlanState, node: PlanNode, order: PlannedOrder): PlannedOrder {
  if (order.keptBy !== undefined) return asEarlier(state, node, order);
  return { ...order, fixedLines: order.fixedLines ?? linesOfOrder(node, order) };
}

function asEarlier(state: PlanState, node: PlanNode, order: PlannedOrder): PlannedOrder {
  const parameters = state.parametersOf(node);
  if (parameters === undefined) return order;
  return {
    ...order,
    ...availabilityOf(order.requirementDay, order.deliveryDay, parameters),
    stage: 'planned',
    keptBy: 'earlierRun',
    image: undefined,
    fixedLines: order.fixedLines ?? linesOfOrder(node, order),
  };
}

function pegsOf(state: PlanState, node: PlanNode): StandingPeg[] {
  const { pegs } = node.plan;
  return Array.from(pegs.demand, (demand, peg) => ({
    demand: demandNameIn(state, node, demand),
    supply: supplyNameIn(state, node.plan, pegs.supply[peg] ?? 0),
    quantity: pegs.quantity[peg] ?? 0,
  }));
}

/** Coverage that stands as far as both sides still have it, what fixed links bind of it first. */
function standingPegs(pegs: readonly StandingPeg[]): Pick<Standing, 'quantities' | 'restore'> {
  return {
    quantities(desk) {
      const quantities = new Map<number, number>();
      for (const { demand, supply, quantity } of rowsOfPegs(desk, pegs)) {
        const pair = pairOf(demand, supply);
        quantities.set(pair, (quantities.get(pair) ?? 0) + quantity);
      }
      return quantities;
    },
    restore: (desk) => restorePegs(desk, pegs),
  };
}

interface PegRows {
  readonly demand: number;
  readonly supply: number;
  readonly quantity: number;
}

/** Pegs whose sides are still there, in netting order of the demands, else as they were taken. */
function rowsOfPegs(desk: NettingDesk, pegs: readonly StandingPeg[]): PegRows[] {
  if (pegs.length === 0) return [];
  const demands = new Map<string, number>();
  for (let row = 0; row < desk.demandCount; row += 1) {
    demands.set(demandNameOf(desk.state, desk, row), row);
  }
  const supplies = supplyRows(desk);
  const rows = pegs.flatMap((peg): PegRows[] => {
    const demand = rowOf(desk.state, demands, peg.demand);
    const supply = rowOf(desk.state, supplies, peg.supply);
    if (demand === undefined || supply === undefined) return [];
    return [{ demand, supply, quantity: peg.quantity }];
  });
  return rows.sort((left, right) => left.demand - right.demand);
}

/** Pegs go back as far as both sides still have; what is bound of one is part of it (MO-5). */
function restorePegs(desk: NettingDesk, pegs: readonly StandingPeg[]): void {
  const bound = peggedPairs(desk);
  for (const { demand, supply, quantity } of rowsOfPegs(desk, pegs)) {
    const pair = pairOf(demand, supply);
    const already = Math.min(bound.get(pair) ?? 0, quantity);
    if (already > 0) bound.set(pair, (bound.get(pair) ?? 0) - already);
    desk.pegMost(demand, supply, quantity - already);
  }
}

function supplyRows(desk: NettingDesk): Map<string, number> {
  const rows = new Map<string, number>();
  for (let row = 0; row < desk.existingSupplies; row += 1) {
    const source = desk.supplySource[row] ?? 0;
    const order = desk.orders[source];
    if (desk.supplyKind[row] === supplyKinds.onHand) rows.set('onHand', row);
    else if (desk.supplyKind[row] === supplyKinds.transaction) {
      rows.set(desk.state.table.ids[source] ?? '', row);
    } else if (order !== undefined) rows.set(orderIdOf(order), row);
  }
  return rows;
}

/** A name, or what took its place: the order firming made, or the source's order after it. */
function rowOf(state: PlanState, rows: Map<string, number>, name: string): number | undefined {
  const firmed = `firm/${name}`;
  return (
    rows.get(name) ??
    rows.get(firmed) ??
    rows.get(state.successors.get(name) ?? '') ??
    rows.get(state.successors.get(firmed) ?? '')
  );
}
