import { origin } from '@tidemark/streams';
import type { Position } from '@tidemark/streams';

/**
 * The place of an event: the server it was written on (epoch), the transaction that wrote it, and
 * its number in that transaction, from 1. Transactions are numbered when they begin to write and
 * not when they commit, so that a later number may be seen earlier: only what lies below every
 * transaction that is still running has its place for good, and only that is read.
 *
 * Numbers of transactions mean something on one server only. A log that is restored into another
 * one goes on under the next epoch there.
 */
export interface LogPlace {
  readonly epoch: number;
  /** In digits: it may go beyond the safe integers. */
  readonly xid: string;
  readonly number: number;
}

const epochDigits = 3;
const xidDigits = 16;
const numberDigits = 8;
const pattern = new RegExp(`^(\\d{${epochDigits}})-(\\d{${xidDigits}})-(\\d{${numberDigits}})$`);

export const epochMax = 10 ** epochDigits - 1;

export function positionOf({ epoch, xid, number }: LogPlace): Position {
  const left = `${String(epoch).padStart(epochDigits, '0')}-${xid.padStart(xidDigits, '0')}`;
  return `${left}-${String(number).padStart(numberDigits, '0')}`;
}

const beforeAll: LogPlace = { epoch: 0, xid: '0', number: 0 };

/** @throws RangeError for a position of another store. */
export function placeOf(position: Position = origin): LogPlace {
  if (position === origin) return beforeAll;
  const [, epoch, xid, number] = pattern.exec(position) ?? [];
  if (epoch === undefined || xid === undefined || number === undefined) {
    throw new RangeError(`${position} is not a position of this store. Translate it first.`);
  }
  return { epoch: Number(epoch), xid: BigInt(xid).toString(), number: Number(number) };
}
