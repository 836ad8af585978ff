import { origin } from '@tidemark/streams';
import type { Position } from '@tidemark/streams';

const digits = 16;

/**
 * The position of an event: its byte offset in the server's log, in text that sorts. The `b` keeps
 * it apart from the counted positions of other stores.
 */
export function positionOf(commit: bigint): Position {
  return commit === beforeAll ? origin : `b${commit.toString().padStart(digits, '0')}`;
}

/** Lies before every event: the log's own first record stands at 0. */
export const beforeAll = 0n;

/** @throws RangeError for a position that this store never gave. */
export function commitOf(position: Position): bigint {
  if (position === origin) return beforeAll;
  if (/^b\d{16}$/.test(position)) return BigInt(position.slice(1));
  throw new RangeError(`${position} is not a position of this store. Translate it first.`);
}
