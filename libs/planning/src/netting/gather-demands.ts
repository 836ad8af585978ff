import { forecastRemainders } from '../forecast/reduction.js';
import { requiredDayOf } from '../settings/dates.js';
import { demandKinds } from '../state/node-plan.js';
import { lastDemandRank, safetyStockRank } from '../state/transaction-table.js';
import type { NettingDesk } from './desk.js';
import { minimumDemandOf } from './minimum.js';

/** Rows one node may have; the netting order is sorted as one number per row. */
const rowsMax = 2 ** 24;
const forecastRank = lastDemandRank;

/** Demands as they come, before they are put in netting order. */
interface Gathered {
  readonly key: number[];
  readonly kind: number[];
  readonly source: number[];
  readonly segment: number[];
  readonly required: number[];
  readonly original: number[];
  readonly quantity: number[];
}

/**
 * Collects the demands of the node and puts them in netting order: day, type, real before derived,
 * ties (NE-7). Ties need no comparison: own issues are kept by id, needs come by parent, so the
 * place in which a row was gathered is its tie.
 */
export function gatherDemands(desk: NettingDesk): void {
  const gathered: Gathered = {
    key: [],
    kind: [],
    source: [],
    segment: [],
    required: [],
    original: [],
    quantity: [],
  };
  gatherIssues(desk, gathered);
  gatherNeeds(desk, gathered);
  gatherMinimum(desk, gathered);
  putInOrder(desk, gathered);
}

/**
 * Open issues within the coverage fence (NE-5, NE-10, NE-14); forecasts by what is left of
 * them.
 */
function gatherIssues(desk: NettingDesk, gathered: Gathered): void {
  const { node, parameters, state } = desk;
  const { table } = state;
  const fence = parameters.today + parameters.coverageFence;
  const remainders = forecastRemainders(desk);
  for (const handle of node.issues) {
    const day = table.day[handle] ?? 0;
    if (day > fence || !table.takesPart(handle, parameters.includeQuotations)) continue;
    const rank = table.rank[handle] ?? lastDemandRank;
    const isForecast = rank === forecastRank;
    const quantity = isForecast ? (remainders?.get(handle) ?? 0) : (table.quantity[handle] ?? 0);
    if (quantity <= 0) continue;
    add(desk, gathered, {
      kind: demandKinds.transaction,
      source: handle,
      segment: -1,
      day,
      quantity,
      rank: rank * 2,
    });
  }
}

/** Component needs of the parents' orders, whatever their day (NE-5). */
function gatherNeeds(desk: NettingDesk, gathered: Gathered): void {
  const { node } = desk;
  desk.needs = node.incoming;
  for (let at = 0; at < node.incoming.length; at += 1) {
    const segment = node.incoming[at];
    if (segment === undefined) continue;
    const rank = segment.rank * 2 + 1;
    for (let row = 0; row < segment.day.length; row += 1) {
      add(desk, gathered, {
        kind: demandKinds.derived,
        source: row,
        segment: at,
        day: segment.day[row] ?? 0,
        quantity: segment.quantity[row] ?? 0,
        rank,
      });
    }
  }
}

function gatherMinimum(desk: NettingDesk, gathered: Gathered): void {
  const first = firstRequiredDay(gathered);
  const minimum = minimumDemandOf(desk, first);
  if (minimum === undefined) return;
  desk.minimumDay = minimum.day;
  desk.minimumKeyDay = minimum.keyDay;
  gathered.kind.push(demandKinds.safetyStock);
  gathered.source.push(-1);
  gathered.segment.push(-1);
  gathered.required.push(minimum.day);
  gathered.original.push(minimum.day);
  gathered.quantity.push(minimum.quantity);
  pushKey(desk, gathered, minimum.orderDay, safetyStockRank * 2);
}

function firstRequiredDay(gathered: Gathered): number | undefined {
  let first: number | undefined;
  for (const day of gathered.required) if (first === undefined || day < first) first = day;
  return first;
}

interface Row {
  readonly kind: number;
  readonly source: number;
  readonly segment: number;
  readonly day: number;
  readonly quantity: number;
  readonly rank: number;
}

function add(desk: NettingDesk, gathered: Gathered, row: Row): void {
  const required = requiredDayOf(row.day, desk.parameters);
  gathered.kind.push(row.kind);
  gathered.source.push(row.source);
  gathered.segment.push(row.segment);
  gathered.required.push(required);
  gathered.original.push(row.day);
  gathered.quantity.push(row.quantity);
  pushKey(desk, gathered, required, row.rank);
}

/** Day, rank and place as one number, so that sorting compares numbers only. */
function pushKey(desk: NettingDesk, gathered: Gathered, day: number, rank: number): void {
  const place = gathered.key.length;
  gathered.key.push(((day - desk.parameters.today) * 16 + rank) * rowsMax + place);
}

function putInOrder(desk: NettingDesk, gathered: Gathered): void {
  const count = gathered.key.length;
  const order = Float64Array.from(gathered.key).sort();
  const rowOfPlace: number[] = new Array<number>(count).fill(-1);
  for (let row = 0; row < count; row += 1) {
    const place = (order[row] ?? 0) % rowsMax;
    rowOfPlace[place] = row;
    const kind = gathered.kind[place] ?? 0;
    const required = gathered.required[place] ?? 0;
    const original = gathered.original[place] ?? 0;
    const quantity = gathered.quantity[place] ?? 0;
    desk.demandKind.push(kind);
    desk.demandSource.push(gathered.source[place] ?? 0);
    desk.demandSegment.push(gathered.segment[place] ?? 0);
    desk.requiredDay.push(required);
    desk.originalDay.push(original);
    desk.demandQuantity.push(quantity);
    desk.uncovered.push(quantity);
    desk.margin.push(kind === demandKinds.safetyStock ? 0 : marginOf(desk, required, original));
    if (kind === demandKinds.safetyStock) desk.minimumRow = row;
  }
  desk.demandCount = count;
  rememberNeedRows(desk, gathered, rowOfPlace);
}

/** The issue margin that counts: a soft one only as far as no delay comes of it (MG-4). */
function marginOf(desk: NettingDesk, required: number, original: number): number {
  const { issueMargin, softIssueMargin, today } = desk.parameters;
  if (!softIssueMargin) return issueMargin;
  if (original < today) return 0;
  return Math.min(issueMargin, Math.max(0, required - desk.earliestDay));
}

/** For delays: which demand row each row of each need became. */
function rememberNeedRows(
  desk: NettingDesk,
  gathered: Gathered,
  rowOfPlace: readonly number[],
): void {
  let place = gathered.kind.indexOf(demandKinds.derived);
  for (const segment of desk.needs) {
    desk.needRows.push(rowOfPlace.slice(place, place + segment.day.length));
    place += segment.day.length;
  }
}
