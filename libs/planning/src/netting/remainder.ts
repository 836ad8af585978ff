/** A part of a demand that existing supply did not cover, on its day (NE-9, SS-3). */
export interface Remainder {
  readonly demand: number;
  readonly day: number;
  readonly quantity: number;
}
