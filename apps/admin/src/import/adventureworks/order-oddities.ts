import { formatPlanDay, formatQuantity, type PlanDay } from '@tidemark/kernel';
import type { ImportStep, RowFault } from '../import-step.js';
import { versionOn, type BomVersion } from './bom-versions.js';
import { remark } from './master-data-events.js';
import { isReceived } from './moments.js';
import type { Placed, PurchaseRow, SalesRow, WorkOrderRow } from './tables.js';

/** Why a purchase line cannot be taken; undefined if it can. */
export function faultOfPurchase({ received, rejected }: PurchaseRow): RowFault | undefined {
  if (rejected <= received) return undefined;
  const reason = `${formatQuantity(rejected)} rejected of ${formatQuantity(received)} received.`;
  return { code: 'REJECTED_MORE', reason };
}

export function faultOfWorkOrder({ ordered, scrapped }: WorkOrderRow): RowFault | undefined {
  if (scrapped <= ordered) return undefined;
  const reason = `${formatQuantity(scrapped)} scrapped of ${formatQuantity(ordered)} ordered.`;
  return { code: 'SCRAPPED_MORE', reason };
}

export function* salesRemarks(row: SalesRow & Placed, today: PlanDay): Generator<ImportStep> {
  if (row.orderDate > today) yield later(row, row.orderDate);
  if (row.shipDate < row.orderDate) {
    yield remark(row, 'SHIPPED_BEFORE_ORDER', 'The ship date is before the order date.');
  }
}

/** What a purchase line says that does not fit together; it is taken all the same. */
export function* purchaseRemarks(row: PurchaseRow & Placed, today: PlanDay): Generator<ImportStep> {
  const { status, orderDate, dueDate, ordered, received } = row;
  if (orderDate > today) yield later(row, orderDate);
  if (dueDate < orderDate) {
    yield remark(row, 'DUE_BEFORE_ORDER', 'The due date is before the order date.');
  }
  if (isReceived(row, today)) {
    if (received < ordered) {
      const reason =
        `Status ${status} with ${formatQuantity(received)} of ${formatQuantity(ordered)}` +
        ` received;` +
        ' the rest is taken as given up.';
      yield remark(row, 'RECEIVED_SHORT', reason);
    }
  } else if (received > 0 && dueDate <= today) {
    const reason =
      `Status ${status} says the line is open, but ${formatQuantity(received)} are told as` +
      ` received.` +
      ' The status counts: it is still expected.';
    yield remark(row, 'OPEN_BUT_RECEIVED', reason);
  }
}

export function* workOrderRemarks(
  row: WorkOrderRow & Placed,
  versions: readonly BomVersion[] | undefined,
  today: PlanDay,
): Generator<ImportStep> {
  if (row.startDate > today) yield later(row, row.startDate);
  if (versionOn(versions, row.startDate) !== undefined) return;
  const reason =
    `No BOM of item ${row.item} is valid on ${formatPlanDay(row.startDate)}:` + ` no lines.`;
  yield remark(row, 'NO_BOM_VALID', reason);
}

function later(row: Placed, day: PlanDay): ImportStep {
  const reason =
    `Dated ${formatPlanDay(day)}, after the day of the import: taken as an` + ` open order.`;
  return remark(row, 'AFTER_THE_DAY', reason);
}
