import type { CoverageRow } from '../api/rows.js';
import type { Change } from '../api/runs.js';
import type { PegColumns } from '../state/node-plan.js';
import { alignRows, type RowMatch } from './align-rows.js';
import { coverageRow } from './node-rows.js';
import type { NodeImage } from './node-image.js';
import type { NodeImages, NodeMatches } from './row-changes.js';

/**
 * Changed lines of coverage. A line is the sum of the pegs of one demand and one supply, which may
 * lie apart, so all pegs of a demand are summed anew where one of them differs.
 */
export function coverageChanges(images: NodeImages, matches: NodeMatches): Change<CoverageRow>[] {
  const differing = differingDemands(images, matches);
  if (differing === undefined) return [];
  const sums = { before: new SumsOfDemand(images.before), after: new SumsOfDemand(images.after) };
  const { rowBefore, rowAfter } = matches.demands;
  const found: Change<CoverageRow>[] = [];
  const gone: Change<CoverageRow>[] = [];
  for (let demand = 0; demand < rowBefore.length; demand += 1) {
    if (differing[demand] !== 1) continue;
    sums.after.take(demand);
    sums.before.take(rowBefore[demand] ?? -1);
    addChanges(found, { images, supplies: matches.supplies, sums });
    for (const supply of sums.before.supplies) {
      const stays = matches.supplies.rowAfter[supply] ?? -1;
      if (stays < 0 || sums.after.quantityOf(stays) === 0)
        gone.push(goneChange(images, sums, supply));
    }
  }
  for (let demand = 0; demand < rowAfter.length; demand += 1) {
    if ((rowAfter[demand] ?? -1) >= 0) continue;
    sums.before.take(demand);
    for (const supply of sums.before.supplies) gone.push(goneChange(images, sums, supply));
  }
  return found.concat(gone);
}

interface Sums {
  readonly before: SumsOfDemand;
  readonly after: SumsOfDemand;
}

/** Lines of one demand that came or changed. */
function addChanges(
  found: Change<CoverageRow>[],
  { images, supplies, sums }: { images: NodeImages; supplies: RowMatch; sums: Sums },
): void {
  for (const supply of sums.after.supplies) {
    const supplyBefore = supplies.rowBefore[supply] ?? -1;
    const quantity = sums.after.quantityOf(supply);
    const old = supplyBefore < 0 ? 0 : sums.before.quantityOf(supplyBefore);
    if (old === quantity) continue;
    const after = coverageRow(images.after, { demand: sums.after.demand, supply, quantity });
    const key = keyOf(after);
    if (old === 0) found.push({ key, after });
    else {
      const peg = { demand: sums.before.demand, supply: supplyBefore, quantity: old };
      found.push({ key, before: coverageRow(images.before, peg), after });
    }
  }
}

function goneChange(images: NodeImages, sums: Sums, supply: number): Change<CoverageRow> {
  const { demand } = sums.before;
  const quantity = sums.before.quantityOf(supply);
  const before = coverageRow(images.before, { demand, supply, quantity });
  return { key: keyOf(before), before };
}

function keyOf({ demand, supply }: CoverageRow): string {
  return `${demand}\u0000${supply}`;
}

/** Marks of the demands after the run with a peg that differs; undefined: there is none. */
function differingDemands(
  { before, after }: NodeImages,
  { demands, supplies }: NodeMatches,
): Uint8Array | undefined {
  const left = before.plan.pegs;
  const right = after.plan.pegs;
  const marks = new Uint8Array(demands.rowBefore.length);
  let any = false;
  const came = (peg: number): void => {
    any = true;
    marks[right.demand[peg] ?? 0] = 1;
  };
  const gone = (peg: number): void => {
    any = true;
    const there = demands.rowAfter[left.demand[peg] ?? 0] ?? -1;
    if (there >= 0) marks[there] = 1;
  };
  const same = (was: number, now: number): boolean =>
    demands.rowBefore[right.demand[now] ?? 0] === left.demand[was] &&
    supplies.rowBefore[right.supply[now] ?? 0] === left.supply[was];
  const pair = (was: number, now: number): void => {
    if (left.quantity[was] !== right.quantity[now]) came(now);
  };
  const lists = { before: left.demand.length, after: right.demand.length, same };
  alignRows(lists, { pair, gone, came });
  return any ? marks : undefined;
}

/** What one demand after the other gets of each supply. */
class SumsOfDemand {
  readonly #pegs: PegColumns;
  /** First peg of each demand, and the next peg of the same demand after each peg; -1: none. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  /** Sums of the demand taken, by supply row; 0 elsewhere. */
  readonly #sums: Float64Array;
  /** Supplies of the demand taken, in the order in which it took them. */
  readonly supplies: number[] = [];
  demand = -1;

  constructor({ plan }: NodeImage) {
    this.#pegs = plan.pegs;
    const pegs = plan.pegs.demand.length;
    this.#first = new Int32Array(plan.demands.kind.length).fill(-1);
    this.#next = new Int32Array(pegs);
    this.#sums = new Float64Array(plan.supplies.kind.length);
    for (let peg = pegs - 1; peg >= 0; peg -= 1) {
      const demand = plan.pegs.demand[peg] ?? 0;
      this.#next[peg] = this.#first[demand] ?? -1;
      this.#first[demand] = peg;
    }
  }

  /** Sums the pegs of the demand; of none for -1. */
  take(demand: number): void {
    for (const supply of this.supplies) this.#sums[supply] = 0;
    this.supplies.length = 0;
    this.demand = demand;
    for (let peg = this.#first[demand] ?? -1; peg >= 0; peg = this.#next[peg] ?? -1) {
      const supply = this.#pegs.supply[peg] ?? 0;
      const sum = this.#sums[supply] ?? 0;
      if (sum === 0) this.supplies.push(supply);
      this.#sums[supply] = sum + (this.#pegs.quantity[peg] ?? 0);
    }
  }

  quantityOf(supply: number): number {
    return this.#sums[supply] ?? 0;
  }
}
