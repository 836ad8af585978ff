import { forecastRemainders } from '../forecast/reduction.js';
import { requiredDayOf } from '../settings/dates.js';
import { demandKinds } from '../state/node-plan.js';
import { lastDemandRank, safetyStockRank } from '../state/transaction-table.js';
import { DemandTray, type NeedRows } from './demand-tray.js';
import type { NettingDesk } from './desk.js';
import { noteHeld } from './gather-held.js';
import { minimumDemandOf } from './minimum.js';

/** Rows one node may have; the netting order is sorted as one number per row. */
const rowsMax = 2 ** 24;
const forecastRank = lastDemandRank;

const tray = new DemandTray();

/**
 * Collects the demands of the node and puts them in netting order: day, type, real before derived,
 * ties (NE-7). Ties need no comparison: own issues are kept by id, needs come by parent, so the
 * place in which a row was gathered is its tie. Returns where the needs came to stand, for delays.
 */
export function gatherDemands(desk: NettingDesk): NeedRows {
  const { node } = desk;
  let rows = node.issues.length + 1;
  for (const segment of node.incoming) rows += segment.day.length;
  tray.start(rows);
  gatherIssues(desk);
  const firstNeed = tray.count;
  gatherNeeds(desk);
  gatherMinimum(desk);
  putInOrder(desk);
  return needRowsOf(desk, firstNeed);
}

/**
 * Open issues within the coverage fence (NE-5, NE-10, NE-14); forecasts by what is left of
 * them.
 */
function gatherIssues(desk: NettingDesk): void {
  const { node, parameters, state } = desk;
  const { table } = state;
  const fence = parameters.today + parameters.coverageFence;
  const remainders = forecastRemainders(desk);
  for (const handle of node.issues) {
    const day = table.day[handle] ?? 0;
    if (day > fence) continue;
    if (!table.takesPart(handle, parameters.includeQuotations)) {
      noteHeld(desk, handle);
      continue;
    }
    const rank = table.rank[handle] ?? lastDemandRank;
    const isForecast = rank === forecastRank;
    const quantity = isForecast ? (remainders?.get(handle) ?? 0) : (table.quantity[handle] ?? 0);
    if (quantity <= 0) continue;
    const place = tray.count;
    tray.kind[place] = demandKinds.transaction;
    tray.source[place] = handle;
    tray.segment[place] = -1;
    tray.quantity[place] = quantity;
    add(desk, day, rank * 2);
  }
}

/** Component needs of the parents' orders, whatever their day (NE-5). */
function gatherNeeds(desk: NettingDesk): void {
  desk.needs = desk.node.incoming;
  for (let at = 0; at < desk.needs.length; at += 1) {
    const segment = desk.needs[at];
    if (segment === undefined) continue;
    const rank = segment.rank * 2 + 1;
    if (segment.hasPegged) desk.hasPegged = true;
    for (let row = 0; row < segment.day.length; row += 1) {
      const place = tray.count;
      tray.kind[place] = demandKinds.derived;
      tray.source[place] = row;
      tray.segment[place] = at;
      tray.quantity[place] = segment.quantity[row] ?? 0;
      add(desk, segment.day[row] ?? 0, rank);
    }
  }
}

function gatherMinimum(desk: NettingDesk): void {
  const minimum = minimumDemandOf(desk, tray.firstRequired());
  if (minimum === undefined) return;
  desk.minimumDay = minimum.day;
  desk.minimumKeyDay = minimum.keyDay;
  const place = tray.count;
  tray.kind[place] = demandKinds.safetyStock;
  tray.source[place] = -1;
  tray.segment[place] = -1;
  tray.quantity[place] = minimum.quantity;
  tray.required[place] = minimum.day;
  tray.original[place] = minimum.day;
  close(desk, minimum.orderDay, safetyStockRank * 2);
}

/** Ends a row whose other columns are set already: its days, and its place in netting order. */
function add(desk: NettingDesk, day: number, rank: number): void {
  const required = requiredDayOf(day, desk.parameters);
  tray.required[tray.count] = required;
  tray.original[tray.count] = day;
  close(desk, required, rank);
}

/** Day, rank and place as one number, so that sorting compares numbers only. */
function close(desk: NettingDesk, day: number, rank: number): void {
  const place = tray.count;
  tray.key[place] = ((day - desk.parameters.today) * 16 + rank) * rowsMax + place;
  tray.count += 1;
}

function putInOrder(desk: NettingDesk): void {
  const { count } = tray;
  const order = tray.key.subarray(0, count).sort();
  desk.openDemands(count);
  for (let row = 0; row < count; row += 1) {
    const place = placeOfKey(order[row] ?? 0);
    tray.rowOfPlace[place] = row;
    const kind = tray.kind[place] ?? 0;
    const required = tray.required[place] ?? 0;
    const original = tray.original[place] ?? 0;
    const quantity = tray.quantity[place] ?? 0;
    desk.demandKind[row] = kind;
    desk.demandSource[row] = tray.source[place] ?? 0;
    desk.demandSegment[row] = tray.segment[place] ?? 0;
    desk.requiredDay[row] = required;
    desk.originalDay[row] = original;
    desk.demandQuantity[row] = quantity;
    desk.uncovered[row] = quantity;
    desk.margin[row] = kind === demandKinds.safetyStock ? 0 : marginOf(desk, required, original);
    if (kind === demandKinds.safetyStock) desk.minimumRow = row;
  }
}

/** Rows are a power of two, so this is exact; the remainder operator is much slower. */
function placeOfKey(key: number): number {
  return key - Math.floor(key / rowsMax) * rowsMax;
}

/** The issue margin that counts: a soft one only as far as no delay comes of it (MG-4). */
function marginOf(desk: NettingDesk, required: number, original: number): number {
  const { issueMargin, softIssueMargin, today } = desk.parameters;
  if (!softIssueMargin) return issueMargin;
  if (original < today) return 0;
  return Math.min(issueMargin, Math.max(0, required - desk.earliestDay));
}

/** Which demand row each row of each need became. */
function needRowsOf({ needs }: NettingDesk, firstNeed: number): NeedRows {
  const { needRows, rowOfPlace } = tray;
  needRows.start(needs.length, tray.count - firstNeed);
  let count = 0;
  for (let at = 0; at < needs.length; at += 1) {
    needRows.from[at] = count;
    const rows = needs[at]?.day.length ?? 0;
    for (let row = 0; row < rows; row += 1) {
      needRows.row[count] = rowOfPlace[firstNeed + count] ?? -1;
      count += 1;
    }
  }
  needRows.count = count;
  return needRows;
}
