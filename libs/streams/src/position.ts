/**
 * A place in the one commit order of an event store: opaque text of a fixed width per store,
 * ordered as plain text. Nobody outside an adapter computes with it; a move to another store
 * changes it.
 */
export type Position = string;

/** The place before the first event of every store. */
export const origin: Position = '';

/** Negative, zero or positive as `left` lies before, at or after `right`. */
export function comparePositions(left: Position, right: Position): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

const countBase = 1e15;

/**
 * The position of the `count`-th event (from 1) of a store that numbers its events without gaps:
 * always 16 digits, for up to 10^15 - 1 events. For adapters.
 */
export function positionOfCount(count: number): Position {
  return count === 0 ? origin : String(countBase + count);
}

/** The way back from `positionOfCount`, or undefined for a text that it never made. */
export function countOfPosition(position: Position): number | undefined {
  if (position === origin) return 0;
  if (!/^1\d{15}$/.test(position)) return undefined;
  return Number(position) - countBase;
}
