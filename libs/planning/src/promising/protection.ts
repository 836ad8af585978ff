import type { PromiseRequest } from '../api/engine.js';
import { placeOfIssue, type DemandPlace } from '../runs/supply-chain.js';
import { isBinding, isConfirmed } from '../state/kept-supply.js';
import { supplyNameIn } from '../state/names.js';
import { noDay } from '../state/node-plan.js';
import type { PlanState } from '../state/plan-state.js';

/**
 * The day of a line that is there already and whose supply is kept for it: its confirmed date, as
 * long as that can be met, else the day it is met (PR-5). Undefined: nothing protects the line, or
 * not so much of it as is asked for.
 */
export function protectedDay(state: PlanState, request: PromiseRequest): number | undefined {
  const image = state.table.image(state.table.handleOf(request.id) ?? -1);
  const place = placeOfIssue(state, request.id);
  if (image?.item !== request.item || place === undefined) return undefined;
  if (request.quantity > image.quantity || !isProtected(state, request.id, place)) return undefined;
  const met = place.node.delays.demandDay[place.row] ?? noDay;
  return Math.max(image.confirmedDate ?? request.date, met);
}

/** True if all of the issue is covered, and nothing that covers it can go to another demand. */
function isProtected(state: PlanState, issue: string, { node, row }: DemandPlace): boolean {
  const { demands, pegs } = node.plan;
  if ((demands.uncovered[row] ?? 0) > 0) return false;
  if (keepsWhatStands(state, issue)) return true;
  const held = heldOf(state, issue);
  return pegs.demand.every((demand, peg) => {
    if (demand !== row) return true;
    const most = held.get(supplyNameIn(state, node.plan, pegs.supply[peg] ?? 0)) ?? 0;
    return most >= (pegs.quantity[peg] ?? 0);
  });
}

/** Regenerations of a plan that is not exact keep all that confirmed or promised demand has. */
function keepsWhatStands(state: PlanState, issue: string): boolean {
  if (state.definition.continuity === 'exact') return false;
  const kept = state.keptSupply.of(issue);
  return isConfirmed(state, issue) || (kept !== undefined && isBinding(state, kept));
}

/** How much of each supply is held for the issue: by markings, a reservation, or a promise. */
function heldOf(state: PlanState, issue: string): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  const hold = (supply: string, quantity: number): void => {
    for (const name of [supply, ...successorsOf(state, supply)]) {
      held.set(name, Math.max(quantity, held.get(name) ?? 0));
    }
  };
  for (const { receipt, quantity = Number.POSITIVE_INFINITY } of state.markings.of(issue)) {
    hold(receipt, quantity);
  }
  const image = state.table.image(state.table.handleOf(issue) ?? -1);
  const status = image === undefined ? undefined : state.markings.statusOf(image);
  if (status === 'reservedPhysical' || status === 'picked') {
    hold('onHand', Number.POSITIVE_INFINITY);
  }
  const kept = state.keptSupply.of(issue);
  if (kept === undefined || !isBinding(state, kept)) return held;
  for (const { demand, supply, quantity } of kept.pegs) {
    if (demand === issue) hold(supply, quantity);
  }
  return held;
}

/** What took the place of a supply: the order firming made, or the source's order after it. */
function successorsOf({ successors }: PlanState, name: string): string[] {
  const firmed = `firm/${name}`;
  return [firmed, successors.get(name), successors.get(firmed)].filter((id) => id !== undefined);
}
