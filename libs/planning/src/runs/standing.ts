import type { NettingDesk } from '../netting/desk.js';
import type { Standing } from '../netting/cover-node.js';
import { demandNameOf } from '../state/names.js';
import { demandNameIn, supplyNameIn } from '../state/names.js';
import { availabilityOf } from '../state/kept-order.js';
import { supplyKinds } from '../state/node-plan.js';
import type { PlanNode } from '../state/plan-node.js';
import { orderIdOf, type PlannedOrder } from '../state/planned-order.js';
import type { PlanState } from '../state/plan-state.js';

/** Regeneration: nothing stands but what decisions keep (NE-3). */
export function decisionsOnly(node: PlanNode): Standing {
  return { orders: node.kept, restore: () => undefined };
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
  return { orders: standingOrders(state, node), restore: (desk) => restorePegs(desk, pegs) };
}

/** Decisions first, then the orders of earlier runs with the needs they had then. */
export function standingOrders(state: PlanState, node: PlanNode): PlannedOrder[] {
  const kept = new Set(node.kept.map(orderIdOf));
  const orders = [...node.kept];
  for (const order of node.plan.orders) {
    const id = orderIdOf(order);
    const decided = order.keptBy !== undefined && order.keptBy !== 'earlierRun';
    if (kept.has(id) || decided || state.gone.has(id)) continue;
    orders.push(asEarlier(state, node, order));
  }
  return orders;
}

function asEarlier(state: PlanState, node: PlanNode, order: PlannedOrder): PlannedOrder {
  const parameters = state.parametersOf(node);
  if (parameters === undefined) return order;
  return {
    ...order,
    ...availabilityOf(order.requirementDay, order.deliveryDay, parameters),
    keptBy: 'earlierRun',
    fixedLines: order.fixedLines ?? linesOf(node, order),
  };
}

function linesOf(node: PlanNode, order: PlannedOrder): PlannedOrder['fixedLines'] {
  return node.plan.derived
    .flatMap((segment) =>
      segment.order.flatMap((of, row) =>
        of !== order
          ? []
          : [
              {
                line: segment.line[row] ?? 0,
                target: segment.target,
                day: segment.day[row] ?? 0,
                quantity: segment.quantity[row] ?? 0,
                pegged: segment.pegged[row] === 1,
              },
            ],
      ),
    )
    .sort((left, right) => left.line - right.line);
}

function pegsOf(state: PlanState, node: PlanNode): StandingPeg[] {
  const { pegs } = node.plan;
  return pegs.demand.map((demand, peg) => ({
    demand: demandNameIn(state, node, demand),
    supply: supplyNameIn(state, node.plan, pegs.supply[peg] ?? 0),
    quantity: pegs.quantity[peg] ?? 0,
  }));
}

/** Pegs go back in the order in which they were taken, as far as both sides still have (MO-5). */
function restorePegs(desk: NettingDesk, pegs: readonly StandingPeg[]): void {
  if (pegs.length === 0) return;
  const demands = new Map<string, number>();
  for (let row = 0; row < desk.demandCount; row += 1) {
    demands.set(demandNameOf(desk.state, desk, row), row);
  }
  const supplies = supplyRows(desk);
  const byDemand = pegs
    .map((peg) => ({
      quantity: peg.quantity,
      demand: rowOf(desk.state, demands, peg.demand),
      supply: rowOf(desk.state, supplies, peg.supply),
    }))
    .sort((left, right) => (left.demand ?? 0) - (right.demand ?? 0));
  for (const { demand, supply, quantity } of byDemand) {
    if (demand !== undefined && supply !== undefined) desk.pegMost(demand, supply, quantity);
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
