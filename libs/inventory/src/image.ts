import { dimensionNames, quantityOf, type Dimensions, type Quantity } from '@tidemark/kernel';
import { isPosted, type InventoryTransaction, type TransactionStatus } from './transaction.js';

/** Two sets of dimension values are the same; a blank is no value. */
export function sameDimensions(left: Dimensions, right: Dimensions): boolean {
  if (left === right) return true;
  for (const name of dimensionNames) {
    if ((left[name] ?? '') !== (right[name] ?? '')) return false;
  }
  return true;
}

/** The source said the same in both; what was laid over an image here (`reference`) is left out. */
export function sameImage(left: InventoryTransaction, right: InventoryTransaction): boolean {
  return left.status === right.status && sameDocument(left, right) && samePlanned(left, right);
}

/**
 * Planning sees no difference between the two open images (DESIGN section 3.2): neither in dates,
 * quantity and place, nor in what binds or silences the transaction. The document is not looked at.
 */
export function samePlanningImage(
  left: InventoryTransaction,
  right: InventoryTransaction,
): boolean {
  return (
    planningStatusOf(left.status) === planningStatusOf(right.status) &&
    left.reference === right.reference &&
    samePlanned(left, right)
  );
}

/**
 * After posting planning looks at the stock only: the quantity and where it went (NE-11). A change
 * of direction turns the quantity round.
 */
export function samePostedImage(left: InventoryTransaction, right: InventoryTransaction): boolean {
  return (
    left.quantity === right.quantity &&
    left.direction === right.direction &&
    sameDimensions(left.dimensions, right.dimensions)
  );
}

/** What a posted transaction did to the stock: negative for an issue. Nothing while it is open. */
export function stockEffectOf(transaction: InventoryTransaction): Quantity {
  if (!isPosted(transaction.status)) return quantityOf(0);
  const { direction, quantity } = transaction;
  return quantityOf(direction === 'issue' ? 0 - quantity : quantity);
}

/** A picked issue is bound to the stock as a physically reserved one is (NE-6). */
function planningStatusOf(status: TransactionStatus): TransactionStatus {
  return status === 'picked' ? 'reservedPhysical' : status;
}

function samePlanned(left: InventoryTransaction, right: InventoryTransaction): boolean {
  return (
    left.quantity === right.quantity &&
    left.date === right.date &&
    left.direction === right.direction &&
    left.type === right.type &&
    left.confirmedDate === right.confirmedDate &&
    left.order === right.order &&
    left.markedTo === right.markedTo &&
    left.reservationMode === right.reservationMode &&
    left.hold === right.hold &&
    left.origin === right.origin &&
    sameDimensions(left.dimensions, right.dimensions)
  );
}

function sameDocument(left: InventoryTransaction, right: InventoryTransaction): boolean {
  return (
    left.document?.id === right.document?.id &&
    left.document?.type === right.document?.type &&
    left.document?.line === right.document?.line
  );
}
