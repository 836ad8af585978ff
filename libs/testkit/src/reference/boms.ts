import { openDaysBack, openDaysOn } from './calendar.js';
import { countOf, includesAll, pick, productDimensionsOf } from './nodes.js';
import type { PlanNode } from './nodes.js';
import type { DerivedLine, PlannedOrder } from './state.js';
import type { Ground, Terms } from './terms.js';
import { ceilOf, compareText, roundUpTo, stepOf, unit, type Amount, type Day } from './values.js';
import type { Bom, BomLine, Dimensions } from './world.js';

interface Wanted {
  readonly item: string;
  readonly dimensions: Dimensions;
  readonly quantity: Amount;
  readonly day: Day;
}

/** BM-1: may this version be used? */
function fits(bom: Bom, wanted: Wanted): boolean {
  return (
    bom.item === wanted.item &&
    includesAll(wanted.dimensions, bom.dimensions) &&
    (bom.site === undefined || bom.site === wanted.dimensions.site) &&
    (bom.validFrom ?? -Infinity) <= wanted.day &&
    wanted.day <= (bom.validTo ?? Infinity) &&
    (bom.fromQuantity ?? 0) <= wanted.quantity
  );
}

/** BM-1: site first, most dimensions, highest fromQuantity, latest validFrom, then id. */
function compareVersions(left: Bom, right: Bom): number {
  const bySite = Number(left.site === undefined) - Number(right.site === undefined);
  const byDimensions = countOf(right.dimensions) - countOf(left.dimensions);
  const byQuantity = (right.fromQuantity ?? 0) - (left.fromQuantity ?? 0);
  const start = (bom: Bom): number => bom.validFrom ?? Number.MIN_SAFE_INTEGER;
  const byStart = start(right) - start(left);
  const byId = compareText(left.id ?? '', right.id ?? '');
  return bySite || byDimensions || byQuantity || byStart || byId;
}

/** BM-1: the version an order uses; none: it stays unexploded. */
export function versionFor(ground: Ground, wanted: Wanted): Bom | undefined {
  return ground.master.boms.filter((bom) => fits(bom, wanted)).toSorted(compareVersions)[0];
}

/** BM-2: what one line needs for a quantity of its parent. */
export function lineQuantity(
  ground: Ground,
  line: BomLine,
  parent: { quantity: Amount; perSeries: Amount },
): Amount {
  const constant = line.consumption === 'constant';
  let numerator = BigInt(line.quantity) * (constant ? 1n : BigInt(parent.quantity));
  let denominator = constant ? 1n : BigInt(parent.perSeries);
  const hundred = 100n * BigInt(unit);
  numerator = numerator * (hundred + BigInt(line.scrapPercent ?? 0));
  denominator *= hundred;
  numerator += BigInt(line.scrapConstant ?? 0) * denominator;
  const multiple = BigInt(line.rounding?.multiple ?? 0);
  const rounded =
    multiple > 0n
      ? ceilOf(numerator, denominator * multiple) * multiple
      : ceilOf(numerator, denominator);
  return roundUpTo(Number(rounded), stepOf(ground.master.items[line.item]?.decimals ?? 6));
}

/** BM-5: dimensions of a component. */
function componentDimensions(line: BomLine, parent: Dimensions): Dimensions {
  const warehouse = line.warehouse ?? line.dimensions?.warehouse ?? parent.warehouse;
  const place = pick({ site: parent.site, warehouse }, ['site', 'warehouse']);
  return { ...productDimensionsOf(line.dimensions), ...place };
}

interface RawLine {
  readonly line: BomLine;
  readonly dimensions: Dimensions;
  readonly quantity: Amount;
  readonly offset: number;
}

/** BM-4: back from the parent's start by the offset, on the parent's lead-time calendar. */
export function componentDay(terms: Terms, start: Day, offset: number): Day {
  return offset < 0
    ? openDaysOn(terms.leadTimeCalendar, start, -offset)
    : openDaysBack(terms.leadTimeCalendar, start, offset);
}

/** BM-6: lines of a version, phantoms replaced by the lines of their own version. */
function linesOf(ground: Ground, bom: Bom, wanted: Wanted, path: readonly Bom[]): RawLine[] {
  const perSeries = bom.perSeries ?? unit;
  return bom.lines.flatMap((line): RawLine[] => {
    const quantity = lineQuantity(ground, line, { quantity: wanted.quantity, perSeries });
    const dimensions = componentDimensions(line, wanted.dimensions);
    const raw = { line, dimensions, quantity, offset: line.leadTimeOffset ?? 0 };
    if (line.type !== 'phantom') return [raw];
    const place = pick(wanted.dimensions, ['site', 'warehouse']);
    const below = { item: line.item, dimensions, quantity, day: wanted.day };
    const version = versionFor(ground, below);
    if (version === undefined || path.includes(version)) return [raw];
    // The order is what uses the nested lines: their places are its own, not the phantom's.
    const used = { ...below, dimensions: { ...productDimensionsOf(dimensions), ...place } };
    const nested = linesOf(ground, version, used, [...path, version]);
    return nested.map((replaced) => ({ ...replaced, offset: raw.offset }));
  });
}

/** BM-1 to BM-6: the derived lines of a planned production or kanban order. */
export function productionLines(
  ground: Ground,
  terms: Terms,
  order: PlannedOrder,
): readonly DerivedLine[] {
  const wanted = {
    item: order.item,
    dimensions: order.dimensions,
    quantity: order.quantity,
    day: order.requirementDay,
  };
  const version = versionFor(ground, wanted);
  if (version === undefined) return [];
  return linesOf(ground, version, wanted, [version]).map((raw, index) => ({
    line: index + 1,
    item: raw.line.item,
    dimensions: raw.dimensions,
    quantity: raw.quantity,
    day: componentDay(terms, order.startDay, raw.offset),
    offset: raw.offset,
    dedicated: raw.line.type === 'pegged',
    type: 'productionLine',
  }));
}

/** TR-1: the issue of a planned transfer at the refill source on the ship date. */
export function transferLines(terms: Terms, order: PlannedOrder): readonly DerivedLine[] {
  if (terms.refillFrom === undefined) return [];
  return [
    {
      line: 1,
      item: order.item,
      dimensions: { ...order.dimensions, warehouse: terms.refillFrom },
      quantity: order.quantity,
      day: order.startDay,
      offset: 0,
      dedicated: false,
      type: 'transferOrder',
    },
  ];
}

/** LV-1: versions that count for levels and circles. */
export function isCurrent(bom: Bom, today: Day): boolean {
  return (bom.validTo ?? Infinity) >= today;
}

/** The pair of names a node's variant is known by. */
export function variantOf(node: PlanNode): { item: string; dimensions: Dimensions } {
  return { item: node.item, dimensions: productDimensionsOf(node.dimensions) };
}
