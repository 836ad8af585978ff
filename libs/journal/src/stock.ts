import { sameDimensions } from '@tidemark/inventory';
import { dimensionsKey, quantityOf, type Dimensions } from '@tidemark/kernel';
import type { StockCount } from './change.js';
import type { StockPosting } from './entry.js';

interface TimedPosting {
  readonly time: number;
  readonly quantity: number;
}

/** The stock on exactly these dimensions, and what a late count needs to know of its past. */
export interface StockPlace {
  readonly dimensions: Dimensions;
  /** Millionths; may be below 0. */
  onHand: number;
  /** Time of the last count; absent: not counted, or counted by its place in the log. */
  countedAt: number | undefined;
  /** Postings after the last count whose time the source told. */
  timed: TimedPosting[];
}

export type StockPlaces = Map<string, StockPlace>;

/** The stock on exactly these dimensions, in millionths. */
export function onHandAt(places: StockPlaces, dimensions: Dimensions): number {
  return places.get(dimensionsKey(dimensions))?.onHand ?? 0;
}

/** True if the last count already includes a posting of that time (DESIGN law 5). */
export function countedAlready(
  places: StockPlaces,
  dimensions: Dimensions,
  time: number | undefined,
): boolean {
  if (time === undefined) return false;
  const countedAt = places.get(dimensionsKey(dimensions))?.countedAt;
  return countedAt !== undefined && time <= countedAt;
}

/** A newer count of this place is known. */
export function isSuperseded(places: StockPlaces, count: StockCount): boolean {
  const countedAt = places.get(dimensionsKey(count.dimensions))?.countedAt;
  return countedAt !== undefined && count.asOf !== undefined && count.asOf < countedAt;
}

/** What a count posts: the difference to what was posted up to then; later postings stay. */
export function differenceOf(places: StockPlaces, count: StockCount): number {
  const place = places.get(dimensionsKey(count.dimensions));
  if (place === undefined) return count.quantity;
  return count.quantity - (place.onHand - postedAfter(place, count.asOf));
}

function postedAfter(place: StockPlace, asOf: number | undefined): number {
  if (asOf === undefined) return 0;
  let sum = 0;
  for (const { time, quantity } of place.timed) if (time > asOf) sum += quantity;
  return sum;
}

export function postTo(
  places: StockPlaces,
  postings: readonly StockPosting[],
  time: number | undefined,
): void {
  for (const { dimensions, quantity } of postings) {
    const place = placeOf(places, dimensions);
    place.onHand += quantity;
    if (time !== undefined) place.timed.push({ time, quantity });
  }
}

/** Takes a count whose difference is posted as the new start of its place. */
export function startFrom(places: StockPlaces, count: StockCount): void {
  const place = placeOf(places, count.dimensions);
  const { asOf } = count;
  place.countedAt = asOf;
  place.timed = asOf === undefined ? [] : place.timed.filter(({ time }) => time > asOf);
}

function placeOf(places: StockPlaces, dimensions: Dimensions): StockPlace {
  const key = dimensionsKey(dimensions);
  const known = places.get(key);
  if (known !== undefined) return known;
  const place: StockPlace = { dimensions, onHand: 0, countedAt: undefined, timed: [] };
  places.set(key, place);
  return place;
}

/** The sum of two movements: one posting where they meet, none where they cancel out. */
export function mergePostings(first: StockPosting, second: StockPosting): StockPosting[] {
  if (sameDimensions(first.dimensions, second.dimensions)) {
    const quantity = quantityOf(first.quantity + second.quantity);
    return quantity === 0 ? [] : [{ dimensions: second.dimensions, quantity }];
  }
  return [first, second].filter(({ quantity }) => quantity !== 0);
}
