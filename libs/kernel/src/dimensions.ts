import { compareText } from './order.js';

/** Dimensions that make a variant of an item. */
export const productDimensionNames = ['configuration', 'size', 'color', 'style'] as const;
/** Dimensions of place that an item may be planned by. */
export const stockDimensionNames = ['site', 'warehouse'] as const;
/** All dimensions, in the order in which node keys compare (NE-2). */
export const dimensionNames = [...productDimensionNames, ...stockDimensionNames] as const;

export type ProductDimension = (typeof productDimensionNames)[number];
export type StockDimension = (typeof stockDimensionNames)[number];
export type DimensionName = (typeof dimensionNames)[number];

/** Dimension values; an absent name is a blank, which is no value. */
export type Dimensions = Readonly<Partial<Record<DimensionName, string>>>;

export const noDimensions: Dimensions = {};

/** Only the named dimensions of these, in canonical order; blanks are dropped. */
export function pickDimensions(
  dimensions: Dimensions,
  names: readonly DimensionName[],
): Dimensions {
  const picked: Partial<Record<DimensionName, string>> = {};
  for (const name of dimensionNames) {
    const value = dimensions[name];
    if (value !== undefined && value !== '' && names.includes(name)) picked[name] = value;
  }
  return picked;
}

/** One text per set of dimension values, whatever the order in which they were given. */
export function dimensionsKey(dimensions: Dimensions): string {
  let key = '';
  for (const name of dimensionNames) {
    const value = dimensions[name];
    if (value !== undefined && value !== '') key += `${name}=${value.length}:${value};`;
  }
  return key;
}

/** The way back from `dimensionsKey`; no dimensions for a text that it never made. */
export function dimensionsOfKey(key: string): Dimensions {
  if (key === '') return noDimensions;
  const found: Partial<Record<DimensionName, string>> = {};
  for (let at = 0; at < key.length;) {
    const colon = key.indexOf(':', at);
    const [name, length] = key.slice(at, colon).split('=');
    const known = dimensionNames.find((one) => one === name);
    const size = Number(length);
    if (colon < 0 || known === undefined || !Number.isInteger(size)) return noDimensions;
    found[known] = key.slice(colon + 1, colon + 1 + size);
    at = colon + 1 + size + 1;
  }
  return found;
}

/** By value in the order of the names, by code point; a blank stands before any value (NE-2). */
export function compareDimensions(left: Dimensions, right: Dimensions): number {
  for (const name of dimensionNames) {
    const difference = compareText(left[name] ?? '', right[name] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True if every dimension that `wanted` names has that value in `given`. */
export function dimensionsInclude(given: Dimensions, wanted: Dimensions): boolean {
  return dimensionNames.every((name) => blank(wanted[name]) || wanted[name] === given[name]);
}

/** True if no dimension that both name differs (LV-2). */
export function dimensionsAgree(left: Dimensions, right: Dimensions): boolean {
  return dimensionNames.every(
    (name) => blank(left[name]) || blank(right[name]) || left[name] === right[name],
  );
}

/** How many dimensions have a value. */
export function dimensionCount(dimensions: Dimensions): number {
  let count = 0;
  for (const name of dimensionNames) if (!blank(dimensions[name])) count += 1;
  return count;
}

function blank(value: string | undefined): boolean {
  return value === undefined || value === '';
}
