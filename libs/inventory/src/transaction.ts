import type { Dimensions, PlanDay, Quantity } from '@tidemark/kernel';

export type Direction = 'issue' | 'receipt';

export const issueStatuses = [
  'quotationIssue',
  'onOrder',
  'reservedOrdered',
  'reservedPhysical',
  'picked',
  'deducted',
  'sold',
] as const;
export const receiptStatuses = [
  'quotationReceipt',
  'ordered',
  'arrived',
  'registered',
  'received',
  'purchased',
] as const;

export type IssueStatus = (typeof issueStatuses)[number];
export type ReceiptStatus = (typeof receiptStatuses)[number];
/** The AX statuses of an inventory transaction (NE-10). */
export type TransactionStatus = IssueStatus | ReceiptStatus;

export const transactionTypes = [
  'salesOrder',
  'purchaseOrder',
  'productionOrder',
  'productionLine',
  'transferOrder',
  'transferReceipt',
  'forecast',
  'inventoryJournal',
  'kanban',
] as const;
/** The kind of document a transaction belongs to. */
export type TransactionType = (typeof transactionTypes)[number];

export type ReservationMode = 'manual' | 'explosion' | 'onSchedule';

/** The document a transaction belongs to; planning groups lines of one order by `order`. */
export interface DocumentReference {
  readonly type?: string;
  readonly id: string;
  readonly line?: string;
}

/**
 * One expected or actual issue or receipt of one item (AX: inventTrans): the full image, as its
 * source last sent it. Quantity in the item's inventory unit, at least 0.
 */
export interface InventoryTransaction {
  readonly company: string;
  readonly id: string;
  readonly item: string;
  readonly direction: Direction;
  readonly type: TransactionType;
  readonly status: TransactionStatus;
  readonly quantity: Quantity;
  /** Requirement date of an issue, expected date of a receipt. */
  readonly date: PlanDay;
  readonly confirmedDate?: PlanDay;
  readonly dimensions: Dimensions;
  readonly document?: DocumentReference;
  /** Groups the receipt of an order and its lines. */
  readonly order?: string;
  /** The transaction this one is marked to, over its whole quantity. */
  readonly markedTo?: string;
  readonly reservationMode: ReservationMode;
  /** Journaled and shown, but not planned (NE-14). */
  readonly hold: boolean;
  /** This transaction takes the place of the one that firming made (MO-11). */
  readonly origin?: string;
  /** What the order was made for (MO-11). */
  readonly reference?: string;
}

/** Physically or financially updated: gone from the plan, in (or out of) the stock (NE-10). */
export function isPosted(status: TransactionStatus): boolean {
  return (
    status === 'deducted' || status === 'sold' || status === 'received' || status === 'purchased'
  );
}

export function isQuotation(status: TransactionStatus): boolean {
  return status === 'quotationIssue' || status === 'quotationReceipt';
}

export function statusFits(direction: Direction, status: TransactionStatus): boolean {
  const fitting: readonly string[] = direction === 'issue' ? issueStatuses : receiptStatuses;
  return fitting.includes(status);
}
