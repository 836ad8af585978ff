import type { Terms } from './terms.js';
import { roundDownTo, roundUpTo, type Amount } from './values.js';

/** CC-10, CC-8: the lots of a need: maximum, minimum, multiple, the remainder adjusted again. */
export function lotsOf(terms: Terms, need: Amount): readonly Amount[] {
  const { orderMaximum, orderMinimum, orderMultiple } = terms.settings;
  const maximum = orderMaximum ?? Infinity;
  const lots: Amount[] = [];
  let left = roundUpTo(need, terms.step);
  while (left > 0) {
    let lot = Math.max(Math.min(left, maximum), orderMinimum ?? 0);
    lot = roundUpTo(lot, orderMultiple ?? 0);
    const most = roundDownTo(maximum, orderMultiple ?? 0);
    // A multiple above the maximum leaves no lot that fits; the multiple goes before it.
    if (lot > maximum && most > 0) lot = most;
    lots.push(lot);
    left -= lot;
  }
  return lots;
}

/** CC-3, CC-4: what a day's need is ordered up to. */
export function orderUpTo(terms: Terms, need: Amount, threshold: Amount): Amount {
  const { maximum, orderMultiple } = terms.settings;
  if (maximum === undefined) return need;
  const wanted = roundUpTo(Math.max(need, need + maximum - threshold), terms.step);
  if (orderMultiple === undefined || orderMultiple <= 0) return wanted;
  const down = roundDownTo(wanted, orderMultiple);
  return down < need ? roundUpTo(wanted, orderMultiple) : down;
}
