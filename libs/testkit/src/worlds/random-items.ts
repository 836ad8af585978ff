import { unit } from '../reference/values.js';
import type { Bom, BomLine, Dimensions, Item } from '../reference/world.js';
import type { DimensionCoverage } from '../reference/world.js';
import type { Dice } from './dice.js';
import { onlyGiven, pieces, randomSettings } from './random-settings.js';

export const colors = ['green', 'white'] as const;
export const warehouses = ['W0', 'W1'] as const;

/** An item as the generator knows it: its level, and what it is planned apart by. */
export interface ItemPlace {
  readonly id: string;
  readonly level: number;
  readonly colored: boolean;
  readonly stored: boolean;
}

export function randomPlaces(dice: Dice, itemsMax: number): readonly ItemPlace[] {
  const count = dice.between(Math.min(5, itemsMax), itemsMax);
  const levels = dice.between(1, 4);
  return Array.from({ length: count }, (_, index) => ({
    id: `I${String(index).padStart(2, '0')}`,
    level: dice.between(0, levels),
    colored: dice.chance(0.2),
    stored: dice.chance(0.25),
  }));
}

/** Dimension values of a transaction or stock record of an item. */
export function randomDimensions(dice: Dice, place: ItemPlace): Dimensions {
  return onlyGiven({
    color: place.colored ? dice.pick(colors) : undefined,
    warehouse: place.stored ? dice.pick(warehouses) : undefined,
  });
}

function dimensionEntries(dice: Dice, place: ItemPlace): readonly DimensionCoverage[] {
  const entries: DimensionCoverage[] = [];
  if (place.stored && dice.chance(0.6)) {
    const { minimum, reorderPoint, ...settings } = dice.chance(0.5) ? randomSettings(dice) : {};
    // A minimum of a warehouse says nothing of which color it is of.
    const whole = place.colored ? {} : onlyGiven({ minimum, reorderPoint });
    entries.push({ for: { warehouse: 'W1' }, refillFrom: 'W0', ...settings, ...whole });
  }
  if (place.colored && dice.chance(0.4)) {
    const orderType = dice.perhaps(0.4, () => 'purchase' as const);
    const { minimum, reorderPoint, ...rest } = randomSettings(dice);
    const whole = place.stored ? {} : { minimum, reorderPoint };
    const settings = { ...rest, orderType, ...whole };
    entries.push({ for: { color: 'white' }, ...onlyGiven(settings) });
  }
  return entries;
}

/** The item's record. */
export function randomItem(dice: Dice, place: ItemPlace): Item {
  return onlyGiven({
    decimals: dice.perhaps(0.7, () => dice.pick([0, 1, 2])),
    coverageGroup: dice.perhaps(0.3, () => 'G1'),
    orderType: dice.perhaps(0.12, () => dice.pick(['purchase', 'kanban'] as const)),
    leadTime: dice.perhaps(0.9, () => dice.between(0, 9)),
    leadTimes: dice.perhaps(0.2, () => ({ production: dice.between(0, 5), transfer: 2 })),
    leadTimeCalendar: dice.perhaps(0.25, () => dice.pick(['week', 'odd'])),
    calendar: dice.perhaps(0.25, () => dice.pick(['week', 'odd'])),
    productDimensions: place.colored ? (['color'] as const) : undefined,
    coverageDimensions: place.stored ? (['warehouse'] as const) : undefined,
    coverage: dice.perhaps(0.9, () => randomSettings(dice)),
    coverageByDimension: dimensionEntries(dice, place),
  });
}

function randomLine(dice: Dice, component: ItemPlace): BomLine {
  return onlyGiven({
    item: component.id,
    quantity: dice.chance(0.8) ? pieces(dice, 1, 4) : dice.between(1, 9) * 250_000,
    dimensions: component.colored ? { color: dice.pick(colors) } : undefined,
    warehouse: component.stored ? dice.perhaps(0.7, () => dice.pick(warehouses)) : undefined,
    scrapPercent: dice.perhaps(0.15, () => pieces(dice, 1, 20)),
    scrapConstant: dice.perhaps(0.1, () => pieces(dice, 1, 3)),
    rounding: dice.perhaps(0.15, () => ({ multiple: pieces(dice, 2, 10) })),
    consumption: dice.perhaps(0.15, () => 'constant' as const),
    type: dice.perhaps(0.3, () => dice.pick(['phantom', 'pegged'] as const)),
    leadTimeOffset: dice.perhaps(0.2, () => dice.between(-2, 3)),
  });
}

function randomLines(dice: Dice, below: readonly ItemPlace[]): readonly BomLine[] {
  return Array.from({ length: dice.between(1, 3) }, () => randomLine(dice, dice.pick(below)));
}

/** Versions of an item's BOM; of some items the green variant is made from the white one. */
export function randomBoms(dice: Dice, place: ItemPlace, all: readonly ItemPlace[], day: number) {
  const below = all.filter((other) => other.level > place.level);
  const boms: Bom[] = [];
  if (place.colored && dice.chance(0.4)) {
    const line = { item: place.id, quantity: unit, dimensions: { color: 'white' } };
    boms.push({
      id: `${place.id}/dye`,
      item: place.id,
      dimensions: { color: 'green' },
      lines: [line],
    });
    return boms;
  }
  if (below.length === 0 || dice.chance(0.15)) return boms;
  const perSeries = dice.perhaps(0.15, () => pieces(dice, 2, 10));
  boms.push(
    onlyGiven({ id: `${place.id}/1`, item: place.id, perSeries, lines: randomLines(dice, below) }),
  );
  if (dice.chance(0.25)) {
    const lines = randomLines(dice, below);
    const fromQuantity = dice.perhaps(0.5, () => pieces(dice, 5, 20));
    const validFrom = dice.perhaps(0.5, () => day + dice.between(-10, 30));
    const second = { id: `${place.id}/2`, item: place.id, fromQuantity, validFrom, lines };
    boms.push(onlyGiven(second));
  }
  return boms;
}
