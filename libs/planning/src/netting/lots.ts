import { ceilTo, floorTo } from '@tidemark/kernel';
import type { NodeParameters } from '../settings/parameters.js';

/** Lots one need may be split into; beyond it the rest goes into the last lot's size. */
export const lotsMax = 10_000;

/**
 * The next lot of what is left of a need: at most the maximum, at least the minimum, a whole
 * multiple; again until the need is used up (CC-8). What is left is in the item's decimals (CC-10).
 */
export function lotOf(left: number, parameters: NodeParameters): number {
  const { orderMaximum, orderMinimum, orderMultiple } = parameters;
  const bounded = Math.max(Math.min(left, orderMaximum), orderMinimum);
  if (orderMultiple === 0) return Math.min(bounded, orderMaximum);
  const raised = ceilTo(bounded, orderMultiple);
  if (raised <= orderMaximum) return raised;
  const lowered = floorTo(orderMaximum, orderMultiple);
  return lowered > 0 ? lowered : raised;
}
