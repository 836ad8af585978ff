import {
  formatPlanDay,
  formatQuantity,
  multiplyDivideCeil,
  unit,
  type PlanDay,
} from '@tidemark/kernel';
import type { ImportEvent } from '../import-step.js';
import { versionOn, type BomVersion } from './bom-versions.js';
import type { Placed, PurchaseRow, PurchaseStatus, SalesRow, WorkOrderRow } from './tables.js';

/** Within a day goods come in before they go out, and what is ordered is known before both. */
export const phases = { placed: 0, received: 1, issued: 2 } as const;
export type Phase = (typeof phases)[keyof typeof phases];

/** What a row makes happen on a day; its events are made when their turn comes. */
export interface Moment extends Placed {
  readonly day: PlanDay;
  readonly phase: Phase;
  events(): readonly ImportEvent[];
}

/**
 * A transaction as the wire has it, with the posted quantity in millionths for the opening
 * stock.
 */
export interface TransactionText {
  readonly id: string;
  readonly item: string;
  readonly direction: 'issue' | 'receipt';
  readonly type: string;
  readonly status: string;
  readonly quantity: string;
  readonly date: string;
  readonly order?: string;
  readonly document: { readonly type: string; readonly id: string; readonly line?: string };
}

type MomentOf = (day: PlanDay, phase: Phase, events: () => readonly ImportEvent[]) => Moment;

function momentsOf({ place }: Placed): MomentOf {
  return (day, phase, events) => ({ day, phase, events, place });
}

function changed(data: TransactionText, day: PlanDay, version: number): ImportEvent {
  const time = `${formatPlanDay(day)}T00:00:00Z`;
  return { type: 'inventory.transaction.changed.v1', version, time, data };
}

/** A sales line is an issue: on order from the order date, sold on the ship date. */
export function salesMoments(row: SalesRow & Placed, today: PlanDay): readonly Moment[] {
  const moment = momentsOf(row);
  const { order, line, orderDate, shipDate } = row;
  const image = (status: string): TransactionText => ({
    id: `SO-${order}-${line}`,
    item: row.item,
    direction: 'issue',
    type: 'salesOrder',
    status,
    quantity: formatQuantity(row.quantity),
    date: formatPlanDay(row.dueDate),
    document: { type: 'salesOrder', id: order, line },
  });
  const placed = moment(orderDate, phases.placed, () => [changed(image('onOrder'), orderDate, 1)]);
  if (shipDate > today) return [placed];
  const sold = moment(shipDate, phases.issued, () => [changed(image('sold'), shipDate, 2)]);
  return [placed, sold];
}

/**
 * Lines that purchasing has closed; the others are still expected, whatever they say of
 * receipts.
 */
const isClosed: Readonly<Record<PurchaseStatus, boolean>> = {
  complete: true,
  rejected: true,
  pending: false,
  approved: false,
};

/** When a closed line came: on its due date, not before it was ordered and shipped. */
export function arrivalOf({ orderDate, dueDate, shipDate }: PurchaseRow): PlanDay {
  const shipped = shipDate > orderDate ? shipDate : orderDate;
  return dueDate > shipped ? dueDate : shipped;
}

export function isReceived(row: PurchaseRow, today: PlanDay): boolean {
  return isClosed[row.status] && arrivalOf(row) <= today;
}

/** A purchase line is a receipt: ordered, then received with what was not rejected. */
export function purchaseMoments(row: PurchaseRow & Placed, today: PlanDay): readonly Moment[] {
  const moment = momentsOf(row);
  const { order, line, orderDate } = row;
  const image = (status: string, quantity: number): TransactionText => ({
    id: `PO-${order}-${line}`,
    item: row.item,
    direction: 'receipt',
    type: 'purchaseOrder',
    status,
    quantity: formatQuantity(quantity),
    date: formatPlanDay(row.dueDate),
    document: { type: 'purchaseOrder', id: order, line },
  });
  const placed = moment(orderDate, phases.placed, () => [
    changed(image('ordered', row.ordered), orderDate, 1),
  ]);
  if (!isReceived(row, today)) return [placed];
  const arrival = arrivalOf(row);
  const received = moment(arrival, phases.received, () => [
    changed(image('received', row.received - row.rejected), arrival, 2),
  ]);
  return [placed, received];
}

/**
 * A work order is a receipt of its item and an issue of each line of the BOM version valid on its
 * start date, known from that day; at its end the good units are received and the lines deducted.
 */
export function workOrderMoments(
  row: WorkOrderRow & Placed,
  versions: readonly BomVersion[] | undefined,
  today: PlanDay,
): readonly Moment[] {
  const moment = momentsOf(row);
  const { startDate, endDate, ordered, scrapped } = row;
  const order = `WO-${row.order}`;
  const head = { order, document: { type: 'productionOrder', id: row.order } };
  const receipt = (status: string, quantity: number): TransactionText => ({
    ...head,
    id: order,
    item: row.item,
    direction: 'receipt',
    type: 'productionOrder',
    status,
    quantity: formatQuantity(quantity),
    date: formatPlanDay(row.dueDate),
  });
  const lines = versionOn(versions, startDate)?.lines ?? [];
  const issues = (status: string): TransactionText[] =>
    lines.map((line, at) => ({
      ...head,
      id: `${order}-${at + 1}`,
      item: line.component,
      direction: 'issue',
      type: 'productionLine',
      status,
      quantity: formatQuantity(multiplyDivideCeil(ordered, line.quantityPer, unit)),
      date: formatPlanDay(startDate),
    }));
  const placed = moment(startDate, phases.placed, () =>
    [receipt('ordered', ordered), ...issues('onOrder')].map((one) => changed(one, startDate, 1)),
  );
  if (endDate === undefined || endDate > today) return [placed];
  const finished = moment(endDate, phases.received, () => [
    changed(receipt('received', ordered - scrapped), endDate, 2),
  ]);
  const drawn = moment(endDate, phases.issued, () =>
    issues('deducted').map((one) => changed(one, endDate, 2)),
  );
  return lines.length === 0 ? [placed, finished] : [placed, finished, drawn];
}

/** In event-time order; of one day by phase, then as the files have them. */
export function inTimeOrder(moments: readonly Moment[]): readonly Moment[] {
  return moments.toSorted((left, right) => left.day - right.day || left.phase - right.phase);
}
