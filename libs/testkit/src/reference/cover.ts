import { demandsAt, type Demand } from './demands.js';
import { makeOrder, openerOf } from './orders.js';
import { bind, bindFixed, freeOf, uncoveredOf } from './pegs.js';
import { sizeLots } from './policies.js';
import { remaindersOf, type Netting } from './remainders.js';
import { bindInRun, type Run } from './run.js';
import type { PlanNode } from './nodes.js';
import { ordersAt, plannedSupply, suppliesAt, type Supply } from './supplies.js';
import { newOrderDates } from './timing.js';
import type { Terms } from './terms.js';
import { termsAt } from './view.js';
import { windowOf } from './windows.js';

/** BM-7: a pegged supply line has orders of its own, exactly of its quantity. */
function coverDedicated(run: Run, netting: Netting, demand: Demand): void {
  const { terms } = netting;
  for (const order of run.state.orders) {
    if (order.dedicatedTo === demand.key) bind(run, demand, plannedSupply(terms, order));
  }
  const quantity = uncoveredOf(run, demand);
  if (quantity <= 0) return;
  const need = { day: demand.day, original: demand.original, minimum: false };
  const dates = newOrderDates(terms, need);
  const wanted = { opener: openerOf(demand), quantity, dates, dedicatedTo: demand.key };
  bindInRun(run, demand, plannedSupply(terms, makeOrder(run, terms, wanted)));
}

/** CO-1: stock before any receipt, or in its place by date. */
function inOrderOfUse(netting: Netting): readonly Supply[] {
  const { existing, terms } = netting;
  if (terms.settings.onHandConsumption !== 'inDateOrder') return existing;
  return existing.toSorted((left, right) => left.available - right.available);
}

/** MO-10: a kept order goes on serving what it served, whatever the windows. */
function serves({ order }: Supply, demand: Demand): boolean {
  return (order?.serves ?? []).some((serving) => serving.demand === demand.key);
}

/** MO-11, law 6: firmed for a delayed day, a receipt goes on serving the minimum it was for. */
function firmedFor(run: Run, { plan }: Terms, { transaction }: Supply, demand: Demand): boolean {
  if (plan.setRequirementDateToDelayedDate !== true || demand.source !== 'minimum') return false;
  return run.ledger.minimumServers.has(transaction?.origin ?? transaction?.id ?? '');
}

/** NE-8: stock, then supply on time, then late supply, each inside the windows. */
function takeExisting(run: Run, netting: Netting, demand: Demand): void {
  const { terms } = netting;
  const { day, original } = demand;
  const window = windowOf(terms, { day, original, minimum: demand.source === 'minimum' });
  const always = terms.settings.onHandConsumption !== 'inDateOrder';
  for (const supply of inOrderOfUse(netting)) {
    if (uncoveredOf(run, demand) <= 0) return;
    if (freeOf(run, supply) <= 0) continue;
    const inside = window.from <= supply.available && supply.available <= window.late;
    const usable = inside || serves(supply, demand) || firmedFor(run, terms, supply, demand);
    if (usable || (supply.kind === 'onHand' && always)) bindInRun(run, demand, supply);
  }
}

/**
 * Sections 2 to 5 and 8: pegs the demands of a node, makes its orders, explodes them. Pegs that
 * stand when it begins stand when it ends (MO-2).
 */
export function coverNode(run: Run, node: PlanNode): void {
  const terms = termsAt(run, node);
  for (const order of ordersAt(run, node)) run.state.fresh.delete(order.id);
  const all = demandsAt(run, node);
  const existing = suppliesAt(run, node).filter((one) => one.order?.dedicatedTo === undefined);
  const demands = all.filter((demand) => !demand.dedicated);
  const covered = (demand: Demand): boolean => run.covers?.(demand) ?? true;
  const netting = { terms, demands, existing };
  bindFixed(run, node, demands);
  for (const demand of all.filter(covered)) {
    if (demand.dedicated) coverDedicated(run, netting, demand);
    else takeExisting(run, netting, demand);
  }
  const remainders = remaindersOf(run, netting).filter(({ demand }) => covered(demand));
  sizeLots({ run, netting, remainders });
}
