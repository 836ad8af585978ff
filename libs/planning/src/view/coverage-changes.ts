import {
  emptyNodePlan,
  noQuantities,
  type PegColumns,
  type QuantityColumn,
} from '../state/node-plan.js';
import { alignRows, equalEnds, type RowLists, type RowMatch } from './align-rows.js';
import type { NodeImage } from './node-image.js';
import { NumberTray } from './number-tray.js';
import type { NodeImages, NodeMatches } from './row-changes.js';

const rowsAtFirst = 1024;

/**
 * Changed lines of coverage, each by its demand, its supply and its quantity: of those that came or
 * changed as they were (a demand of -1: they came) and as they are, then of those that went.
 */
export interface ChangedCoverage {
  readonly found: QuantityColumn;
  readonly gone: QuantityColumn;
}

/** Numbers that one line before, and one line now, is told by. */
export const numbersOfLine = 3;

const nothing: ChangedCoverage = { found: noQuantities, gone: noQuantities };

const found = new NumberTray();
const gone = new NumberTray();

/**
 * A line of coverage is the sum of the pegs of one demand and one supply, which may lie apart, so
 * all pegs of a demand are summed anew where one of them differs.
 */
export function changedCoverage(images: NodeImages, matches: NodeMatches): ChangedCoverage {
  const { demands, supplies } = matches;
  if (!markDiffering(images, matches)) return nothing;
  found.clear();
  gone.clear();
  sums.before.start(images.before);
  sums.after.start(images.after);
  for (let demand = 0; demand < demands.after; demand += 1) {
    if (differing[demand] !== 1) continue;
    sums.after.take(demand);
    sums.before.take(demands.rowBefore[demand] ?? -1);
    addFound(supplies);
    for (let at = 0; at < sums.before.count; at += 1) {
      const supply = sums.before.supplies[at] ?? 0;
      const stays = supplies.rowAfter[supply] ?? -1;
      if (stays < 0 || sums.after.quantityOf(stays) === 0) addGone(supply);
    }
  }
  for (let demand = demands.head; demand < demands.before - demands.tail; demand += 1) {
    if ((demands.rowAfter[demand] ?? -1) >= 0) continue;
    sums.before.take(demand);
    for (let at = 0; at < sums.before.count; at += 1) addGone(sums.before.supplies[at] ?? 0);
  }
  return { found: found.taken(), gone: gone.taken() };
}

/** Lines of one demand that came or changed. */
function addFound(supplies: RowMatch): void {
  for (let at = 0; at < sums.after.count; at += 1) {
    const supply = sums.after.supplies[at] ?? 0;
    const supplyBefore = supplies.rowBefore[supply] ?? -1;
    const quantity = sums.after.quantityOf(supply);
    const old = supplyBefore < 0 ? 0 : sums.before.quantityOf(supplyBefore);
    if (old === quantity) continue;
    found.add(old === 0 ? -1 : sums.before.demand);
    found.add(supplyBefore);
    found.add(old);
    found.add(sums.after.demand);
    found.add(supply);
    found.add(quantity);
  }
}

function addGone(supply: number): void {
  gone.add(sums.before.demand);
  gone.add(supply);
  gone.add(sums.before.quantityOf(supply));
}

/** Marks of the demands after the run with a peg that differs; one list serves all nodes. */
let differing = new Uint8Array(rowsAtFirst);

/** Marks the demands with a peg that differs; false: there is none. */
function markDiffering(images: NodeImages, matches: NodeMatches): boolean {
  const lists = new PegLists(images, matches);
  const { left, right } = lists;
  const { demands } = matches;
  const ends = equalEnds(lists);
  if (ends.head === lists.before && ends.head === lists.after) return false;
  if (demands.after > differing.length) differing = new Uint8Array(demands.after * 2);
  differing.fill(0, 0, demands.after);
  const came = (peg: number): void => {
    differing[right.demand[peg] ?? 0] = 1;
  };
  const gone = (peg: number): void => {
    const there = demands.rowAfter[left.demand[peg] ?? 0] ?? -1;
    if (there >= 0) differing[there] = 1;
  };
  const pairs = (was: number, now: number, count: number): void => {
    for (let at = 0; at < count; at += 1) {
      if (left.quantity[was + at] !== right.quantity[now + at]) came(now + at);
    }
  };
  alignRows(lists, ends, { pairs, gone, came });
  return true;
}

/** The pegs of a node before and after a run. */
class PegLists implements RowLists {
  readonly before: number;
  readonly after: number;
  readonly left: PegColumns;
  readonly right: PegColumns;
  readonly #demandBefore: Int32Array;
  readonly #supplyBefore: Int32Array;

  constructor({ before, after }: NodeImages, { demands, supplies }: NodeMatches) {
    this.left = before.plan.pegs;
    this.right = after.plan.pegs;
    this.before = this.left.demand.length;
    this.after = this.right.demand.length;
    this.#demandBefore = demands.rowBefore;
    this.#supplyBefore = supplies.rowBefore;
  }

  equalFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isEqual(before + count, after + count)) count += 1;
    return count;
  }

  equalBackFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isEqual(before - count, after - count)) count += 1;
    return count;
  }

  sameFrom(before: number, after: number, most: number): number {
    let count = 0;
    while (count < most && this.#isSame(before + count, after + count)) count += 1;
    return count;
  }

  #isEqual(was: number, now: number): boolean {
    return this.left.quantity[was] === this.right.quantity[now] && this.#isSame(was, now);
  }

  /** Of the same demand and the same supply. */
  #isSame(was: number, now: number): boolean {
    return (
      this.#demandBefore[this.right.demand[now] ?? 0] === this.left.demand[was] &&
      this.#supplyBefore[this.right.supply[now] ?? 0] === this.left.supply[was]
    );
  }
}

/** What one demand after the other gets of each supply. One serves all nodes. */
class SumsOfDemand {
  #pegs: PegColumns = emptyNodePlan.pegs;
  /** First peg of each demand, and the next peg of the same demand after each peg; -1: none. */
  #first = new Int32Array(rowsAtFirst);
  #next = new Int32Array(rowsAtFirst);
  /** Sums of the demand taken, by supply row; 0 elsewhere. */
  #sums = new Float64Array(rowsAtFirst);
  /** Supplies of the demand taken, in the order in which it took them. */
  supplies = new Int32Array(rowsAtFirst);
  count = 0;
  demand = -1;

  start({ plan }: NodeImage): void {
    this.take(-1);
    this.#pegs = plan.pegs;
    const pegs = plan.pegs.demand.length;
    const demands = plan.demands.kind.length;
    const supplies = plan.supplies.kind.length;
    if (demands > this.#first.length) this.#first = new Int32Array(demands * 2);
    if (pegs > this.#next.length) this.#next = new Int32Array(pegs * 2);
    if (supplies > this.#sums.length) {
      this.#sums = new Float64Array(supplies * 2);
      this.supplies = new Int32Array(supplies * 2);
    }
    this.#first.fill(-1, 0, demands);
    for (let peg = pegs - 1; peg >= 0; peg -= 1) {
      const demand = plan.pegs.demand[peg] ?? 0;
      this.#next[peg] = this.#first[demand] ?? -1;
      this.#first[demand] = peg;
    }
  }

  /** Sums the pegs of the demand; of none for -1. */
  take(demand: number): void {
    for (let at = 0; at < this.count; at += 1) this.#sums[this.supplies[at] ?? 0] = 0;
    this.count = 0;
    this.demand = demand;
    if (demand < 0) return;
    for (let peg = this.#first[demand] ?? -1; peg >= 0; peg = this.#next[peg] ?? -1) {
      const supply = this.#pegs.supply[peg] ?? 0;
      const sum = this.#sums[supply] ?? 0;
      if (sum === 0) {
        this.supplies[this.count] = supply;
        this.count += 1;
      }
      this.#sums[supply] = sum + (this.#pegs.quantity[peg] ?? 0);
    }
  }

  quantityOf(supply: number): number {
    return this.#sums[supply] ?? 0;
  }
}

const sums = { before: new SumsOfDemand(), after: new SumsOfDemand() };
