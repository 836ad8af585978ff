import type { Handle } from '../state/transaction-table.js';
import type { NettingDesk } from './desk.js';

/** Notes a transaction that takes no part in netting, if that is because it is on hold (NE-14). */
export function noteHeld(desk: NettingDesk, source: Handle): void {
  const { table } = desk.state;
  if (table.images[source]?.hold !== true) return;
  const row = { source, day: table.day[source] ?? 0, quantity: table.quantity[source] ?? 0 };
  desk.held = [...desk.held, row];
}

/** Whether the same transactions are held, with the same day and quantity. */
export function sameHeld(left: NettingDesk['held'], right: NettingDesk['held']): boolean {
  return (
    left.length === right.length &&
    left.every(({ source, day, quantity }, at) => {
      const other = right[at];
      return source === other?.source && day === other.day && quantity === other.quantity;
    })
  );
}
