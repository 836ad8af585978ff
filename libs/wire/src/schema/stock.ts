import { Type, type Static } from '@sinclair/typebox';
import { issueStatuses, receiptStatuses, transactionTypes } from '@tidemark/inventory';
import {
  choice,
  closed,
  Day,
  Decimal,
  DimensionValues,
  Id,
  Instant,
  Quantity,
} from './primitives.js';

export const DocumentData = closed({
  type: Type.Optional(Id),
  id: Id,
  line: Type.Optional(Id),
});

const transactionProperties = {
  id: Id,
  item: Id,
  direction: choice(['issue', 'receipt']),
  type: choice(transactionTypes),
  status: Type.Optional(choice([...issueStatuses, ...receiptStatuses])),
  quantity: Quantity,
  date: Day,
  confirmedDate: Type.Optional(Day),
  dimensions: Type.Optional(DimensionValues),
  document: Type.Optional(DocumentData),
  order: Type.Optional(Id),
  markedTo: Type.Optional(Id),
  reservationMode: Type.Optional(choice(['manual', 'explosion', 'onSchedule'])),
  hold: Type.Optional(Type.Boolean()),
  origin: Type.Optional(Id),
};

/** The full image of an inventory transaction. */
export const TransactionData = closed(transactionProperties);
export type TransactionData = Static<typeof TransactionData>;

/** A transaction is gone. `last` is the image it had at the end; absent: the last one sent. */
export const RemovalData = closed({
  id: Id,
  item: Id,
  last: Type.Optional(TransactionData),
});
export type RemovalData = Static<typeof RemovalData>;

/** The stock found on exactly these dimensions, as of a moment or of its place in the log. */
export const CountData = closed({
  id: Id,
  item: Id,
  dimensions: Type.Optional(DimensionValues),
  quantity: Decimal,
  asOf: Type.Optional(Instant),
});
export type CountData = Static<typeof CountData>;

/** A posted inventory journal: a difference to the stock of exactly these dimensions. */
export const AdjustmentData = closed({
  id: Id,
  item: Id,
  dimensions: Type.Optional(DimensionValues),
  quantity: Decimal,
});
export type AdjustmentData = Static<typeof AdjustmentData>;
