import { demandKinds } from '../state/node-plan.js';
import { coveragePolicies } from '../coverage-codes/index.js';
import type { NettingDesk, Remainder } from './desk.js';
import { isDedicated } from './pegged-line.js';
import { isStockedNode } from './stocked-node.js';

export interface MinimumDemand {
  readonly quantity: number;
  /** F: the day from which the minimum must be there (SS-2). */
  readonly day: number;
  /** max(F, E): what is there by then is on time (SS-6). */
  readonly keyDay: number;
  /** Its place among the demands: after real demand before E, when delays are told (SS-4). */
  readonly orderDay: number;
}

/** The minimum as a demand (SS-1), if the node has one; `first` is the day of its first demand. */
export function minimumDemandOf(
  desk: NettingDesk,
  first: number | undefined,
): MinimumDemand | undefined {
  const { parameters, earliestDay } = desk;
  if (parameters.minimum <= 0 || !coveragePolicies[parameters.code].keepsMinimum) return undefined;
  const day = minimumDayOf(desk, first);
  if (day === undefined || !isStockedNode(desk)) return undefined;
  const keyDay = Math.max(day, earliestDay);
  const orderDay = parameters.delayFence > 0 ? keyDay : day;
  return { quantity: parameters.minimum, day, keyDay, orderDay };
}

/** F by the four ways of fulfilling the minimum (SS-2). */
function minimumDayOf(desk: NettingDesk, first: number | undefined): number | undefined {
  const { parameters } = desk;
  switch (parameters.fulfilMinimum) {
    case 'today':
      return parameters.today;
    case 'todayPlusLeadTime':
      return desk.earliestDay;
    case 'firstIssue':
      return first;
    case 'coverageFence':
      return parameters.itemDays.prev(parameters.today + parameters.coverageFence);
  }
}

/**
 * What the minimum lacks after pegging, as pieces on the days on which it is lacking (SS-3): on F,
 * then on each day of real demand before E, never more than is uncovered; a rest is dated F.
 */
export function minimumRemainders(desk: NettingDesk): Remainder[] {
  const row = desk.minimumRow;
  const lacking = row < 0 ? 0 : (desk.uncovered[row] ?? 0);
  if (lacking <= 0) return [];
  const balance = new ProjectedStock(desk);
  const minimum = desk.demandQuantity[row] ?? 0;
  const pieces: Remainder[] = [];
  let asked = 0;
  const ask = (day: number): void => {
    const shortage = Math.max(0, minimum - balance.at(day)) - asked;
    const quantity = Math.min(shortage, lacking - asked);
    if (quantity <= 0) return;
    pieces.push({ demand: row, day, quantity });
    asked += quantity;
  };
  ask(desk.minimumDay);
  let last = desk.minimumDay;
  for (let demand = 0; demand < desk.demandCount && asked < lacking; demand += 1) {
    const day = desk.requiredDay[demand] ?? 0;
    if (demand === row || day <= last || day >= desk.earliestDay) continue;
    last = day;
    ask(day);
  }
  return withRest(pieces, { demand: row, day: desk.minimumDay, quantity: lacking - asked });
}

/** A rest left over is dated F, a piece of its own after the one asked for on F (SS-3). */
function withRest(pieces: Remainder[], rest: Remainder): Remainder[] {
  if (rest.quantity <= 0) return pieces;
  const at = pieces.findIndex((piece) => piece.day > rest.day);
  return pieces.toSpliced(at < 0 ? pieces.length : at, 0, rest);
}

/**
 * P(t) of SS-3, asked for ascending days: existing supply there by t less its use by then; without
 * orders of pegged lines, which serve nothing else (BM-7).
 */
class ProjectedStock {
  readonly #desk: NettingDesk;
  readonly #useByDay: { readonly day: number; readonly quantity: number }[] = [];
  #supply = 0;
  #use = 0;
  #quantity = 0;

  constructor(desk: NettingDesk) {
    this.#desk = desk;
    for (let peg = 0; peg < desk.pegCount; peg += 1) {
      const demand = desk.pegDemand[peg] ?? 0;
      const supply = desk.pegSupply[peg] ?? 0;
      const real = desk.demandKind[demand] !== demandKinds.safetyStock;
      if (!real || supply >= desk.existingSupplies || isDedicated(desk, supply)) continue;
      const day = desk.requiredDay[demand] ?? 0;
      this.#useByDay.push({ day, quantity: desk.pegQuantity[peg] ?? 0 });
    }
    this.#useByDay.sort((left, right) => left.day - right.day);
  }

  at(day: number): number {
    const desk = this.#desk;
    while (this.#supply < desk.existingSupplies) {
      if ((desk.availableDay[this.#supply] ?? 0) > day) break;
      if (!isDedicated(desk, this.#supply)) {
        this.#quantity += desk.supplyQuantity[this.#supply] ?? 0;
      }
      this.#supply += 1;
    }
    for (let use = this.#useByDay[this.#use]; use !== undefined && use.day <= day;) {
      this.#quantity -= use.quantity;
      this.#use += 1;
      use = this.#useByDay[this.#use];
    }
    return this.#quantity;
  }
}
