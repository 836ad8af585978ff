import { ceilTo, floorTo } from '@tidemark/kernel';
import type { NodeParameters } from '../settings/parameters.js';

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
