import { compareText } from './values.js';
import type { DimensionName, Dimensions, Item } from './world.js';

/** The order in which dimensions compare (NE-2). */
export const dimensionOrder: readonly DimensionName[] = [
  'configuration',
  'size',
  'color',
  'style',
  'site',
  'warehouse',
];
const productDimensions: readonly DimensionName[] = ['configuration', 'size', 'color', 'style'];

/** What is netted: an item with the dimensions it is planned by. */
export interface PlanNode {
  readonly key: string;
  readonly item: string;
  readonly dimensions: Dimensions;
}

/** Only the named dimensions that have a value, in canonical order. */
export function pick(dimensions: Dimensions, names: readonly DimensionName[]): Dimensions {
  const picked: Partial<Record<DimensionName, string>> = {};
  for (const name of dimensionOrder) {
    const value = dimensions[name];
    if (value !== undefined && value !== '' && names.includes(name)) picked[name] = value;
  }
  return picked;
}

export function allDimensions(dimensions: Dimensions | undefined): Dimensions {
  return pick(dimensions ?? {}, dimensionOrder);
}

export function productDimensionsOf(dimensions: Dimensions | undefined): Dimensions {
  return pick(dimensions ?? {}, productDimensions);
}

export function activeDimensions(item: Item | undefined): readonly DimensionName[] {
  return [...(item?.productDimensions ?? []), ...(item?.coverageDimensions ?? [])];
}

export function textOfDimensions(dimensions: Dimensions): string {
  return dimensionOrder
    .filter((name) => (dimensions[name] ?? '') !== '')
    .map((name) => `${name}=${dimensions[name]}`)
    .join(';');
}

/** The node of an item at these dimensions: product dimensions and those planned apart. */
export function nodeOf(id: string, item: Item | undefined, dimensions?: Dimensions): PlanNode {
  const picked = pick(dimensions ?? {}, activeDimensions(item));
  const text = textOfDimensions(picked);
  return { key: text === '' ? id : `${id}[${text}]`, item: id, dimensions: picked };
}

/** NE-2: item id, then dimension values in their order, by code point. */
export function compareNodes(left: PlanNode, right: PlanNode): number {
  const byItem = compareText(left.item, right.item);
  if (byItem !== 0) return byItem;
  for (const name of dimensionOrder) {
    const byValue = compareText(left.dimensions[name] ?? '', right.dimensions[name] ?? '');
    if (byValue !== 0) return byValue;
  }
  return 0;
}

/** Every dimension named in `wanted` is equal in `given`. */
export function includesAll(given: Dimensions, wanted: Dimensions | undefined): boolean {
  return dimensionOrder.every((name) => {
    const value = wanted?.[name] ?? '';
    return value === '' || value === given[name];
  });
}

/** LV-2: no dimension that both name differs. */
export function matches(left: Dimensions, right: Dimensions): boolean {
  return dimensionOrder.every((name) => {
    const one = left[name] ?? '';
    const other = right[name] ?? '';
    return one === '' || other === '' || one === other;
  });
}

export function countOf(dimensions: Dimensions | undefined): number {
  return dimensionOrder.filter((name) => (dimensions?.[name] ?? '') !== '').length;
}
