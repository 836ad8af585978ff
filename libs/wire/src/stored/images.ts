import type { InventoryTransaction } from '@tidemark/inventory';
import {
  formatQuantity,
  noDimensions,
  type Dimensions,
  type PlanDay,
  type Quantity,
} from '@tidemark/kernel';
import type { TransactionData } from '../schema/stock.js';
import { dayText, instantText, readDay, readInstant, readQuantity } from '../text/fast-values.js';

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/**
 * An image as it is stored: the public names, what is usual left out, item and company beside
 * it.
 */
export type StoredImage = Omit<TransactionData, 'item'> & { readonly reference?: string };

export function encodeImage(image: InventoryTransaction): StoredImage {
  const data: Writable<StoredImage> = {
    id: image.id,
    direction: image.direction,
    type: image.type,
    status: image.status,
    quantity: formatQuantity(image.quantity),
    date: dayText(image.date),
  };
  if (image.confirmedDate !== undefined) data.confirmedDate = dayText(image.confirmedDate);
  if (!isBlank(image.dimensions)) data.dimensions = image.dimensions;
  if (image.document !== undefined) data.document = image.document;
  if (image.order !== undefined) data.order = image.order;
  if (image.markedTo !== undefined) data.markedTo = image.markedTo;
  if (image.reservationMode !== 'manual') data.reservationMode = image.reservationMode;
  if (image.hold) data.hold = true;
  if (image.origin !== undefined) data.origin = image.origin;
  if (image.reference !== undefined) data.reference = image.reference;
  return data;
}

export interface Place {
  readonly company: string;
  readonly item: string;
}

export function decodeImage(data: StoredImage, { company, item }: Place): InventoryTransaction {
  const image: Writable<InventoryTransaction> = {
    company,
    id: data.id,
    item,
    direction: data.direction,
    type: data.type,
    status: data.status ?? (data.direction === 'issue' ? 'onOrder' : 'ordered'),
    quantity: storedQuantity(data.quantity),
    date: storedDay(data.date),
    dimensions: storedDimensions(data.dimensions),
    reservationMode: data.reservationMode ?? 'manual',
    hold: data.hold ?? false,
  };
  if (data.confirmedDate !== undefined) image.confirmedDate = storedDay(data.confirmedDate);
  if (data.document !== undefined) image.document = data.document;
  if (data.order !== undefined) image.order = data.order;
  if (data.markedTo !== undefined) image.markedTo = data.markedTo;
  if (data.origin !== undefined) image.origin = data.origin;
  if (data.reference !== undefined) image.reference = data.reference;
  return image;
}

export function isBlank(dimensions: Dimensions): boolean {
  for (const name in dimensions) if (Object.hasOwn(dimensions, name)) return false;
  return true;
}

export function storedDimensions(dimensions: Dimensions | undefined): Dimensions {
  return dimensions ?? noDimensions;
}

/** What is stored was checked when it came in: a text that is no value means a damaged log. */
export function storedQuantity(text: string): Quantity {
  const read = readQuantity(text);
  if (read.ok) return read.value;
  throw new RangeError(read.failure.message);
}

export function storedDay(text: string): PlanDay {
  const read = readDay(text);
  if (read.ok) return read.value;
  throw new RangeError(read.failure.message);
}

export function storedTime(text: string): number {
  const read = readInstant(text);
  if (read.ok) return read.value;
  throw new RangeError(read.failure.message);
}

export { dayText, formatQuantity as quantityText, instantText };
