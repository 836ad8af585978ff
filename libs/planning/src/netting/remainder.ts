/** A part of a demand that existing supply did not cover, on its day (NE-9, SS-3). */
export interface Remainder {
  readonly demand: number;
  readonly day: number;
  readonly quantity: number;
}

/** What is left of a remainder; mostly all of it. */
export function withQuantity(remainder: Remainder, quantity: number): Remainder {
  if (quantity === remainder.quantity) return remainder;
  return { demand: remainder.demand, day: remainder.day, quantity };
}
