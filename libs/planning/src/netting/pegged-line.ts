import { demandKinds, supplyKinds } from '../state/node-plan.js';
import type { NettingDesk } from './desk.js';

/** A demand of a pegged supply line (BM-7): no supply but its own order serves it. */
export function isPegged(desk: NettingDesk, demand: number): boolean {
  if (!desk.hasPegged || desk.demandKind[demand] !== demandKinds.derived) return false;
  const segment = desk.needs[desk.demandSegment[demand] ?? 0];
  return segment?.pegged[desk.demandSource[demand] ?? 0] === 1;
}

/** True of the order of a pegged line: it serves nothing else. */
export function isDedicated(desk: NettingDesk, supply: number): boolean {
  if (desk.supplyKind[supply] !== supplyKinds.order) return false;
  return desk.orders[desk.supplySource[supply] ?? 0]?.dedicated === true;
}
