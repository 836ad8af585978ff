import type { Delays } from './delays.js';
import { workingCode, type Terms } from './terms.js';
import { sumOf, type Amount } from './values.js';

/** AC-7: what the projected stock exceeds maximum + orderMinimum by; no limit for other codes. */
export function excessOf(delays: Delays, terms: Terms): Amount {
  const { maximum, orderMinimum } = terms.settings;
  if (workingCode(terms) !== 'minMax' || maximum === undefined) return Infinity;
  const here = (one: { readonly node: { readonly key: string } }): boolean =>
    one.node.key === terms.node.key;
  const supplies = [...delays.supplies.values()].filter(here);
  const demands = [...delays.demands.values()].filter(here);
  const real = demands.filter((demand) => demand.source !== 'minimum');
  const projected =
    sumOf(supplies.map((supply) => supply.quantity)) - sumOf(real.map((one) => one.quantity));
  return projected - maximum - (orderMinimum ?? 0);
}
