import { statusFits, type InventoryTransaction } from '@tidemark/inventory';
import type { ItemChange } from '@tidemark/journal';
import type { AdjustmentData, CountData, RemovalData, TransactionData } from '../schema/stock.js';
import { classOf } from '../refusal.js';
import type { EventHead } from './event-head.js';
import { readDimensions, type Reading } from './reading.js';

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

export function readTransaction(
  data: TransactionData,
  company: string,
  reading: Reading,
): InventoryTransaction {
  const { direction } = data;
  const status = data.status ?? (direction === 'issue' ? 'onOrder' : 'ordered');
  if (!statusFits(direction, status)) refuseStatus(data.id, direction, status, reading);
  const image: Writable<InventoryTransaction> = {
    company,
    id: data.id,
    item: data.item,
    direction,
    type: data.type,
    status,
    quantity: reading.quantity(data.quantity, 'data/quantity'),
    date: reading.day(data.date, 'data/date'),
    dimensions: readDimensions(data.dimensions),
    reservationMode: data.reservationMode ?? 'manual',
    hold: data.hold ?? false,
  };
  if (data.confirmedDate !== undefined) {
    image.confirmedDate = reading.day(data.confirmedDate, 'data/confirmedDate');
  }
  if (data.document !== undefined) image.document = data.document;
  if (data.order !== undefined) image.order = data.order;
  if (data.markedTo !== undefined) image.markedTo = data.markedTo;
  if (data.origin !== undefined) image.origin = data.origin;
  return image;
}

function refuseStatus(id: string, direction: string, status: string, reading: Reading): void {
  reading.refuse({
    rule: 'STATUS_DIRECTION',
    code: classOf('STATUS_DIRECTION'),
    field: 'data/status',
    message:
      `Status ${status} is none of an` +
      ` ${direction === 'issue' ? 'issue' : 'ordinary receipt'}: ${id} is ${direction}.`,
    remedy: 'Correct the direction, or send a status of that direction (NE-10).',
    values: { id, direction, status },
    mentions: [id],
  });
}

export function readTransactionChange(
  data: TransactionData,
  head: EventHead,
  reading: Reading,
): ItemChange {
  const image = readTransaction(data, head.company, reading);
  return { kind: 'transaction', ...changeHead(head, data), image };
}

export function readRemoval(data: RemovalData, head: EventHead, reading: Reading): ItemChange {
  const change = { kind: 'removal' as const, ...changeHead(head, data) };
  const { last } = data;
  if (last === undefined) return change;
  if (last.id !== data.id || last.item !== data.item) {
    reading.refuse({
      rule: 'ID_MISMATCH',
      field: 'data/last/id',
      message: `The last image is of ${last.id} (${last.item}), the removal of ${data.id}.`,
      remedy: 'Send the image of the transaction that is removed.',
      mentions: [data.id, last.id],
    });
  }
  return { ...change, last: readTransaction(last, head.company, reading) };
}

export function readCount(data: CountData, head: EventHead, reading: Reading): ItemChange {
  const { asOf } = data;
  const count = {
    dimensions: readDimensions(data.dimensions),
    quantity: reading.quantity(data.quantity, 'data/quantity'),
    ...(asOf === undefined ? {} : { asOf: reading.instant(asOf, 'data/asOf') }),
  };
  return { kind: 'count', ...changeHead(head, data), count };
}

export function readAdjustment(
  data: AdjustmentData,
  head: EventHead,
  reading: Reading,
): ItemChange {
  const adjustment = {
    dimensions: readDimensions(data.dimensions),
    quantity: reading.quantity(data.quantity, 'data/quantity'),
  };
  return { kind: 'adjustment', ...changeHead(head, data), adjustment };
}

function changeHead(head: EventHead, { id, item }: { readonly id: string; readonly item: string }) {
  const { company, source, version, time } = head;
  const common = { company, item, source, id, version };
  return time === undefined ? common : { ...common, time };
}
