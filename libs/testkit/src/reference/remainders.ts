import { compareDemands, type Demand } from './demands.js';
import { pegsOfDemand, peggedQuantity, uncoveredOf } from './pegs.js';
import type { Supply } from './supplies.js';
import type { Terms } from './terms.js';
import { earliestReplenishment } from './timing.js';
import { sumOf, type Amount, type Day } from './values.js';
import type { View } from './view.js';

/** What existing supply leaves of a demand, or a piece of the minimum (SS-3). */
export interface Remainder {
  readonly demand: Demand;
  /** The day it is needed on: R, or the day the minimum is lacking. */
  readonly day: Day;
  left: Amount;
}

/** What one node is netted with. */
export interface Netting {
  readonly terms: Terms;
  readonly demands: readonly Demand[];
  /** Supply that was there before the run. */
  readonly existing: readonly Supply[];
}

/** SS-3: P(t), existing supply available by t less what real demand up to t holds of it. */
function projectedAt(view: View, netting: Netting, day: Day): Amount {
  const { demands, existing } = netting;
  const available = existing.filter((supply) => supply.available <= day);
  const taken = demands
    .filter((demand) => demand.source !== 'minimum' && demand.day <= day)
    .flatMap((demand) => pegsOfDemand(view, demand.key))
    .filter((peg) => existing.some((supply) => supply.key === peg.supply));
  return sumOf(available.map((supply) => supply.quantity)) - peggedQuantity(taken);
}

/** SS-3: F, then each real demand date between F and E. */
function lackingDays(netting: Netting, minimum: Demand): readonly Day[] {
  const until = earliestReplenishment(netting.terms);
  const days = netting.demands
    .filter((demand) => demand.source !== 'minimum')
    .map((demand) => demand.day)
    .filter((day) => minimum.day < day && day < until);
  return [minimum.day, ...[...new Set(days)].toSorted((left, right) => left - right)];
}

/** SS-3: what the minimum lacks, each piece on the day it is lacking. */
function minimumPieces(view: View, netting: Netting, minimum: Demand): readonly Remainder[] {
  const pieces: Remainder[] = [];
  let rest = uncoveredOf(view, minimum);
  for (const day of lackingDays(netting, minimum)) {
    const asked = sumOf(pieces.map((piece) => piece.left));
    const lacking = Math.max(0, minimum.quantity - projectedAt(view, netting, day)) - asked;
    const left = Math.min(rest, Math.max(0, lacking));
    rest -= left;
    if (left > 0) pieces.push({ demand: minimum, day, left });
  }
  if (rest <= 0) return pieces;
  // The rest is dated F, a piece of its own after the one asked for on F.
  const at = pieces.findIndex((piece) => piece.day > minimum.day);
  const own = { demand: minimum, day: minimum.day, left: rest };
  return pieces.toSpliced(at < 0 ? pieces.length : at, 0, own);
}

/** NE-9: what is left after existing supply, in date order, the minimum last on its day. */
export function remaindersOf(view: View, netting: Netting): readonly Remainder[] {
  const found = netting.demands.flatMap((demand): readonly Remainder[] => {
    const left = uncoveredOf(view, demand);
    if (left <= 0) return [];
    if (demand.source === 'minimum') return minimumPieces(view, netting, demand);
    return [{ demand, day: demand.day, left }];
  });
  const compare = compareDemands(view);
  const placed = (remainder: Remainder): Demand => ({ ...remainder.demand, turn: remainder.day });
  return found.toSorted((left, right) => compare(placed(left), placed(right)));
}
