import type { CoverageRow } from '../api/rows.js';
import type { Change } from '../api/runs.js';
import { alignRows, type RowMatch } from './align-rows.js';
import { coverageRow } from './node-rows.js';
import type { NodeImage } from './node-image.js';
import type { NodeImages, NodeMatches } from './row-changes.js';

/**
 * Changed lines of coverage. A line is the sum of the pegs of one demand and one supply, which may
 * lie apart, so all pegs of a demand are summed anew where one of them differs.
 */
export function coverageChanges(images: NodeImages, matches: NodeMatches): Change<CoverageRow>[] {
  const { before, after } = images;
  const differing = differingDemands(images, matches);
  if (differing === undefined) return [];
  const now = sumsOf(after, differing.after);
  const was = sumsOf(before, differing.before);
  const found: Change<CoverageRow>[] = [];
  for (const sum of now.values()) {
    const old = was.get(pairBefore(sum, images, matches));
    if (old === undefined) found.push(changeOf(undefined, coverageRow(after, sum)));
    else if (old.quantity !== sum.quantity) {
      found.push(changeOf(coverageRow(before, old), coverageRow(after, sum)));
    }
  }
  const { rowAfter: demandAfter } = matches.demands;
  const { rowAfter: supplyAfter } = matches.supplies;
  for (const sum of was.values()) {
    const demand = demandAfter[sum.demand] ?? -1;
    const supply = supplyAfter[sum.supply] ?? -1;
    if (demand >= 0 && supply >= 0 && now.has(pairOf(after, demand, supply))) continue;
    found.push(changeOf(coverageRow(before, sum), undefined));
  }
  return found;
}

function changeOf(
  before: CoverageRow | undefined,
  after: CoverageRow | undefined,
): Change<CoverageRow> {
  const row = after ?? before;
  const key = `${row?.demand ?? ''}\u0000${row?.supply ?? ''}`;
  if (before === undefined) return after === undefined ? { key } : { key, after };
  return after === undefined ? { key, before } : { key, before, after };
}

/** Marks of the demands, on both sides, with a peg that differs; undefined: there is none. */
function differingDemands(
  { before, after }: NodeImages,
  { demands, supplies }: NodeMatches,
): { readonly before: Uint8Array; readonly after: Uint8Array } | undefined {
  const left = before.plan.pegs;
  const right = after.plan.pegs;
  const marksBefore = new Uint8Array(demands.rowAfter.length);
  const marksAfter = new Uint8Array(demands.rowBefore.length);
  let any = false;
  const gone = (peg: number): void => {
    any = true;
    mark(left.demand[peg] ?? 0, { own: marksBefore, other: marksAfter, to: demands.rowAfter });
  };
  const came = (peg: number): void => {
    any = true;
    mark(right.demand[peg] ?? 0, { own: marksAfter, other: marksBefore, to: demands.rowBefore });
  };
  alignRows(
    {
      before: left.demand.length,
      after: right.demand.length,
      same: (was, now) =>
        demands.rowBefore[right.demand[now] ?? 0] === left.demand[was] &&
        supplies.rowBefore[right.supply[now] ?? 0] === left.supply[was],
    },
    {
      pair: (was, now) => {
        if (left.quantity[was] !== right.quantity[now]) came(now);
      },
      gone,
      came,
    },
  );
  return any ? { before: marksBefore, after: marksAfter } : undefined;
}

/** Marks a demand, and the same demand on the other side. */
function mark(
  demand: number,
  sides: {
    readonly own: Uint8Array;
    readonly other: Uint8Array;
    readonly to: RowMatch['rowAfter'];
  },
): void {
  sides.own[demand] = 1;
  const there = sides.to[demand] ?? -1;
  if (there >= 0) sides.other[there] = 1;
}

interface PegSum {
  readonly demand: number;
  readonly supply: number;
  quantity: number;
}

/** Sums of the pegs of the marked demands, in the order in which pairs first come. */
function sumsOf(image: NodeImage, marks: Uint8Array): Map<number, PegSum> {
  const { pegs } = image.plan;
  const sums = new Map<number, PegSum>();
  for (let peg = 0; peg < pegs.demand.length; peg += 1) {
    const demand = pegs.demand[peg] ?? 0;
    if (marks[demand] !== 1) continue;
    const supply = pegs.supply[peg] ?? 0;
    const quantity = pegs.quantity[peg] ?? 0;
    const pair = pairOf(image, demand, supply);
    const sum = sums.get(pair);
    if (sum === undefined) sums.set(pair, { demand, supply, quantity });
    else sum.quantity += quantity;
  }
  return sums;
}

function pairOf({ plan }: NodeImage, demand: number, supply: number): number {
  return demand * plan.supplies.kind.length + supply;
}

/** The pair of the same names before the run; -1 if one of the two was not there. */
function pairBefore(sum: PegSum, { before }: NodeImages, matches: NodeMatches): number {
  const demand = matches.demands.rowBefore[sum.demand] ?? -1;
  const supply = matches.supplies.rowBefore[sum.supply] ?? -1;
  return demand < 0 || supply < 0 ? -1 : pairOf(before, demand, supply);
}
