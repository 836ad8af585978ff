import { availableDayOf } from '../settings/dates.js';
import { supplyKinds } from '../state/node-plan.js';
import { plannedSupplyRank } from '../state/transaction-table.js';
import type { NettingDesk } from './desk.js';
import { noteHeld } from './gather-held.js';

const rowsMax = 2 ** 24;
const rowsAtFirst = 256;

/** Supplies as they come, before they are put in order; one tray for all nodes. */
const tray = {
  count: 0,
  key: new Float64Array(rowsAtFirst),
  kind: new Uint8Array(rowsAtFirst),
  source: new Int32Array(rowsAtFirst),
  day: new Int32Array(rowsAtFirst),
  quantity: new Float64Array(rowsAtFirst),
};

/**
 * Collects what stands before this run makes orders - stock, open receipts, kept orders - in order
 * of availability, type, ties (NE-8). Stock is always row 0 when there is any. Where open receipts
 * are ignored (CO-2), those that firming made here still count: else they would be proposed again
 * (law 6).
 */
export function gatherSupplies(desk: NettingDesk): void {
  const { node, parameters, state } = desk;
  const { table } = state;
  openTray(1 + node.receipts.length + desk.orders.length);
  if (parameters.onHandConsumption !== 'none' && node.stock > 0) {
    const { today } = parameters;
    add(desk, { kind: supplyKinds.onHand, source: -1, day: today, rank: 0 }, node.stock);
  }
  for (const source of node.receipts) {
    if (!isCounted(desk, source)) continue;
    if (!table.takesPart(source, parameters.includeQuotations)) {
      noteHeld(desk, source);
      continue;
    }
    const quantity = table.quantity[source] ?? 0;
    if (quantity <= 0) continue;
    const rank = table.rank[source] ?? 0;
    const day = receiptDay(desk, source);
    add(desk, { kind: supplyKinds.transaction, source, day, rank }, quantity);
  }
  for (let source = 0; source < desk.orders.length; source += 1) {
    const order = desk.orders[source];
    if (order === undefined) continue;
    const place = { kind: supplyKinds.order, source, day: order.coverageDay };
    add(desk, { ...place, rank: plannedSupplyRank }, order.quantity);
  }
  putOnDesk(desk);
}

function openTray(rows: number): void {
  tray.count = 0;
  if (rows <= tray.key.length) return;
  const room = rows * 2;
  tray.key = new Float64Array(room);
  tray.kind = new Uint8Array(room);
  tray.source = new Int32Array(room);
  tray.day = new Int32Array(room);
  tray.quantity = new Float64Array(room);
}

function add(
  { parameters }: NettingDesk,
  supply: { kind: number; source: number; day: number; rank: number },
  quantity: number,
): void {
  const place = tray.count;
  tray.count += 1;
  tray.key[place] = ((supply.day - parameters.today) * 16 + supply.rank) * rowsMax + place;
  tray.kind[place] = supply.kind;
  tray.source[place] = supply.source;
  tray.day[place] = supply.day;
  tray.quantity[place] = quantity;
}

function putOnDesk(desk: NettingDesk): void {
  const { count } = tray;
  if (count > 1) tray.key.subarray(0, count).sort();
  for (let row = 0; row < count; row += 1) {
    const place = (tray.key[row] ?? 0) % rowsMax;
    desk.addSupply(
      tray.kind[place] ?? 0,
      tray.source[place] ?? 0,
      tray.day[place] ?? 0,
      tray.quantity[place] ?? 0,
    );
  }
  desk.existingSupplies = count;
}

function isCounted({ parameters, state: { table } }: NettingDesk, source: number): boolean {
  switch (parameters.receiptsCounted) {
    case 'all':
      return true;
    case 'firmed':
      return table.isFirmed(table.ids[source] ?? '');
    case 'none':
      return false;
  }
}

/** A of a receipt: registered is there, arrived comes through the receipt margin (DA-3). */
function receiptDay(desk: NettingDesk, handle: number): number {
  const { parameters, state } = desk;
  const image = state.table.image(handle);
  if (image?.status === 'registered') return parameters.itemDays.next(parameters.today);
  const day = image?.status === 'arrived' ? parameters.today : (state.table.day[handle] ?? 0);
  return availableDayOf(day, parameters);
}
