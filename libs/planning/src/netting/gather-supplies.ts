import { availableDayOf } from '../settings/dates.js';
import { supplyKinds } from '../state/node-plan.js';
import { plannedSupplyRank } from '../state/transaction-table.js';
import type { NettingDesk } from './desk.js';

const rowsMax = 2 ** 24;

/**
 * Collects what stands before this run makes orders - stock, open receipts, kept orders - in order
 * of availability, type, ties (NE-8). Stock is always row 0 when there is any.
 */
export function gatherSupplies(desk: NettingDesk): void {
  const { node, parameters, state } = desk;
  const { table } = state;
  const keys: number[] = [];
  const kinds: number[] = [];
  const sources: number[] = [];
  const days: number[] = [];
  const quantities: number[] = [];
  const add = (kind: number, source: number, day: number, quantity: number, rank: number): void => {
    const place = keys.length;
    keys.push(((day - parameters.today) * 16 + rank) * rowsMax + place);
    kinds.push(kind);
    sources.push(source);
    days.push(day);
    quantities.push(quantity);
  };
  if (parameters.onHandConsumption !== 'none' && node.stock > 0) {
    add(supplyKinds.onHand, -1, parameters.today, node.stock, 0);
  }
  if (parameters.useOpenReceipts) {
    for (const handle of node.receipts) {
      if (!table.takesPart(handle, parameters.includeQuotations)) continue;
      const quantity = table.quantity[handle] ?? 0;
      if (quantity <= 0) continue;
      add(
        supplyKinds.transaction,
        handle,
        receiptDay(desk, handle),
        quantity,
        table.rank[handle] ?? 0,
      );
    }
  }
  for (let index = 0; index < desk.orders.length; index += 1) {
    const order = desk.orders[index];
    if (order === undefined) continue;
    add(supplyKinds.order, index, order.coverageDay, order.quantity, plannedSupplyRank);
  }
  const order = new Float64Array(keys).sort();
  for (const key of order) {
    const place = key % rowsMax;
    desk.addSupply(
      kinds[place] ?? 0,
      sources[place] ?? 0,
      days[place] ?? 0,
      quantities[place] ?? 0,
    );
  }
  desk.existingSupplies = desk.supplyCount;
}

/** A of a receipt: registered is there, arrived comes through the receipt margin (DA-3). */
function receiptDay(desk: NettingDesk, handle: number): number {
  const { parameters, state } = desk;
  const image = state.table.image(handle);
  if (image?.status === 'registered') return parameters.itemDays.next(parameters.today);
  const day = image?.status === 'arrived' ? parameters.today : (state.table.day[handle] ?? 0);
  return availableDayOf(day, parameters);
}
