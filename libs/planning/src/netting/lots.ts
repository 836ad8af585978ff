import { ceilTo, floorTo, quantityMax } from '@tidemark/kernel';
import type { NodeParameters } from '../settings/parameters.js';
import type { Remainder } from './remainder.js';

/** Lots one need may be split into; beyond it the rest goes into the last lot's size. */
export const lotsMax = 10_000;

/**
 * Splits a need into lots: at most the maximum, at least the minimum, a whole multiple; again until
 * the need is used up (CC-8). Quantities are rounded up to the item's decimals first (CC-10).
 */
export function lotsOf(need: number, parameters: NodeParameters): number[] {
  const lots: number[] = [];
  let left = ceilTo(need, parameters.step);
  while (left > 0 && lots.length < lotsMax) {
    const lot = lotOf(left, parameters);
    lots.push(lot);
    left -= lot;
  }
  return lots;
}

function lotOf(need: number, parameters: NodeParameters): number {
  const { orderMaximum, orderMinimum, orderMultiple } = parameters;
  const bounded = Math.max(Math.min(need, orderMaximum), orderMinimum);
  if (orderMultiple === 0) return Math.min(bounded, orderMaximum);
  const raised = ceilTo(bounded, orderMultiple);
  if (raised <= orderMaximum) return raised;
  const lowered = floorTo(orderMaximum, orderMultiple);
  return lowered > 0 ? lowered : raised;
}

/** True if an order for these needs, or of this quantity, is beyond the largest quantity. */
export function isBeyondRange(members: readonly Remainder[], quantity?: number): boolean {
  if (members.length < 2 && quantity === undefined) return false;
  if (quantity !== undefined && quantity > quantityMax) return true;
  let sum = 0;
  for (const member of members) sum += member.quantity;
  return sum > quantityMax;
}

/** Needs one after the other, as many at a time as one quantity can hold. */
export function batchesInRange(members: readonly Remainder[]): Remainder[][] {
  const batches: Remainder[][] = [];
  let sum = Number.POSITIVE_INFINITY;
  for (const member of members) {
    if (sum + member.quantity > quantityMax) {
      batches.push([]);
      sum = 0;
    }
    batches.at(-1)?.push(member);
    sum += member.quantity;
  }
  return batches;
}
