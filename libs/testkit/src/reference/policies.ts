import { lotsOf, orderUpTo } from './lots.js';
import { makeOrder, openerOf, type NewOrder } from './orders.js';
import { freeOf } from './pegs.js';
import { bindInRun, type Run } from './run.js';
import type { Netting, Remainder } from './remainders.js';
import { plannedSupply, compareSupplies, type Supply } from './supplies.js';
import { workingCode, type Terms } from './terms.js';
import { datesFor, earliestReplenishment, newOrderDates, type Need } from './timing.js';
import { sumOf, type Amount, type Day } from './values.js';
import { nodeAt } from './view.js';
import { windowOf, type Window } from './windows.js';
import type { CoverageCode } from './world.js';

/** One node at its lot sizing: what it lacks, and where its orders go. */
interface Sizing {
  readonly run: Run;
  readonly netting: Netting;
  readonly remainders: readonly Remainder[];
}

type Policy = (sizing: Sizing) => void;

function needOf({ demand, day }: Remainder): Need {
  return { day, original: demand.original, minimum: demand.source === 'minimum' };
}

/** PN-1, SS-6: the windows of a demand; those of the minimum count from F, whatever the piece. */
function windowFor(terms: Terms, { demand }: Remainder): Window {
  const minimum = demand.source === 'minimum';
  return windowOf(terms, { day: demand.day, original: demand.original, minimum });
}

/** Takes from a supply what the remainder still lacks. */
function take(run: Run, remainder: Remainder, supply: Supply): void {
  remainder.left -= bindInRun(run, remainder.demand, supply, remainder.left);
}

/** NE-9: surplus of orders made earlier in this run, on time first, then late. */
function takeSurplus(sizing: Sizing, remainder: Remainder): void {
  const { run, netting } = sizing;
  const { terms } = netting;
  const window = windowFor(terms, remainder);
  const made = run.state.orders
    .filter((order) => run.state.fresh.has(order.id) && order.dedicatedTo === undefined)
    .filter((order) => nodeAt(run, order.item, order.dimensions).key === terms.node.key)
    .map((order) => plannedSupply(terms, order))
    .filter((supply) => freeOf(run, supply) > 0)
    .toSorted(compareSupplies(run));
  for (const supply of made) {
    const { available } = supply;
    if (window.from <= available && available <= window.late) take(run, remainder, supply);
  }
}

/** Makes the lots of one need and lets the remainders take from them in order. */
function orderFor(
  sizing: Sizing,
  remainders: readonly Remainder[],
  wanted: Omit<NewOrder, 'quantity'> & { readonly need: Amount },
): void {
  const { run, netting } = sizing;
  const { need, ...rest } = wanted;
  for (const quantity of lotsOf(netting.terms, need)) {
    const order = makeOrder(run, netting.terms, { ...rest, quantity });
    const supply = plannedSupply(netting.terms, order);
    for (const remainder of remainders) take(run, remainder, supply);
  }
}

function leftOf(remainders: readonly Remainder[]): Amount {
  return sumOf(remainders.map((remainder) => remainder.left));
}

function openFor(
  sizing: Sizing,
  remainders: readonly Remainder[],
  quantityFor: (need: Amount) => Amount,
): void {
  const first = remainders.find((remainder) => remainder.left > 0);
  if (first === undefined) return;
  const dates = newOrderDates(sizing.netting.terms, needOf(first));
  const need = quantityFor(leftOf(remainders));
  orderFor(sizing, remainders, { opener: openerOf(first.demand), dates, need });
}

/** CC-1: an order, or a set of lots, for each remainder. */
const requirement: Policy = (sizing) => {
  for (const remainder of sizing.remainders) {
    takeSurplus(sizing, remainder);
    openFor(sizing, [remainder], (need) => need);
  }
};

/** CC-2: one order for all remainders from the first one's day over the period's days. */
const period: Policy = (sizing) => {
  const days = sizing.netting.terms.settings.periodDays ?? 1;
  let end = -Infinity;
  let group: Remainder[] = [];
  for (const remainder of sizing.remainders) {
    if (remainder.day > end) {
      openFor(sizing, group, (need) => need);
      group = [];
    }
    takeSurplus(sizing, remainder);
    if (remainder.left <= 0) continue;
    if (group.length === 0) end = remainder.day + days - 1;
    group.push(remainder);
  }
  openFor(sizing, group, (need) => need);
};

/** CC-3 to CC-5: each day's need is ordered up to the maximum. */
const minMax: Policy = (sizing) => {
  const { terms, demands } = sizing.netting;
  const minimum = demands.find((demand) => demand.source === 'minimum');
  const days = new Set<Day>(sizing.remainders.map((remainder) => remainder.day));
  for (const day of days) {
    const group = sizing.remainders.filter((remainder) => remainder.day === day);
    for (const remainder of group) takeSurplus(sizing, remainder);
    const threshold = minimum !== undefined && day >= minimum.day ? terms.minimum : 0;
    openFor(sizing, group, (need) => orderUpTo(terms, need, threshold));
  }
};

/** CC-6, NE-12: nothing is made. */
const manual: Policy = () => undefined;

/** CC-7: demand of today and the past, and of later days that are spikes. */
function qualifiedDemand(netting: Netting): Amount {
  const { terms, demands } = netting;
  const { today, settings } = terms;
  const threshold = settings.spikeThreshold ?? Infinity;
  const horizon = settings.spikeHorizon ?? earliestReplenishment(terms) - today;
  const totalOn = (day: Day): Amount =>
    sumOf(demands.filter((one) => one.original === day).map((one) => one.quantity));
  const counted = demands.filter(({ original }) => {
    if (original <= today) return true;
    return original <= today + horizon && totalOn(original) >= threshold;
  });
  return sumOf(counted.map((demand) => demand.quantity));
}

/** CC-7: once a run, up to the maximum, when the net flow is below the reorder point. */
const decouplingPoint: Policy = (sizing) => {
  const { terms, existing } = sizing.netting;
  const { maximum, reorderPoint = terms.minimum } = terms.settings;
  const open = sumOf(existing.map((supply) => supply.quantity));
  const flow = open - qualifiedDemand(sizing.netting);
  if (maximum === undefined || flow >= reorderPoint || maximum <= flow) return;
  orderFor(sizing, sizing.remainders, {
    opener: 'safetyStock',
    dates: datesFor(terms, earliestReplenishment(terms)),
    need: maximum - flow,
    priority: (100 * flow) / maximum,
  });
};

const policies: Readonly<Record<CoverageCode, Policy>> = {
  requirement,
  period,
  minMax,
  manual,
  decouplingPoint,
};

/** Section 3: makes the planned orders that the node's coverage code asks for. */
export function sizeLots(sizing: Sizing): void {
  policies[workingCode(sizing.netting.terms)](sizing);
}
