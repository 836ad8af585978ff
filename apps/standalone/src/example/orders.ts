import { exampleItems, variantsOf, type ExampleItem } from './items.js';
import { exampleStructures } from './structures.js';

/** One line of an order of the example; days are counted from the day it is loaded. */
export interface ExampleLine {
  readonly id: string;
  readonly item: string;
  readonly direction: 'issue' | 'receipt';
  readonly type: string;
  readonly quantity: string;
  readonly day: number;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly document: { readonly type: string; readonly id: string; readonly line: string };
  /** Joins the receipt of a production order and its lines. */
  readonly order?: string;
}

type Wanted = readonly [item: string, quantity: number, day: number];

/** Orders that the first steps in the README tell of. */
const firstSales: readonly (readonly Wanted[])[] = [
  [
    ['BIKE-CITY', 4, 1],
    ['BIKE-TOUR', 3, 5],
  ],
  [['BIKE-CITY', 8, 7]],
  [['BIKE-TOUR', 6, 9]],
  [['BIKE-CITY', 5, 14]],
  [
    ['BIKE-CITY', 10, 21],
    ['BIKE-TOUR', 4, 21],
  ],
  [['WHEEL', 12, 12]],
  [['BIKE-TOUR', 8, 30]],
  [['BIKE-CITY', 12, 35]],
  [['SADDLE', 6, 10]],
  [['BIKE-CITY', 6, 49]],
];

/** Some come too late and some too early, so that there is something to move. */
const firstPurchases: readonly Wanted[] = [
  ['GEARBOX', 10, 18],
  ['RIM', 40, 6],
  ['TUBE', 60, 11],
  ['SADDLE', 30, 28],
  ['TYRE', 60, 2],
  ['SPOKE', 1500, 4],
  ['GEARBOX', 20, 75],
  ['MOTOR', 15, 16],
  ['CELL', 1200, 18],
  ['CONTROLLER', 15, 14],
];

const productions: readonly Wanted[] = [
  ['BIKE-TREK', 6, 8],
  ['BIKE-KIDS', 8, 10],
  ['FRAME-TREK', 8, 5],
  ['FRAME', 10, 6],
  ['WHEEL-26', 20, 7],
  ['WHEEL-20', 16, 9],
  ['RAW-TREK', 12, 4],
  ['DRIVE-CHAIN', 10, 8],
  ['HUB-REAR', 40, 5],
  ['EBIKE-CITY', 3, 12],
  ['BATTERY', 6, 9],
  ['CRANKSET', 20, 6],
];

const salesOrders = 90;
const purchaseOrders = 45;

const sold = exampleItems.filter(({ id, inShop }) => inShop === true || id.includes('BIKE-'));
const bought = exampleItems.filter(({ group, inShop }) => group === 'BOUGHT' && inShop !== true);

/** The same numbers on every machine: the example is one factory, not many. */
class Dice {
  #state = 20_011;

  /** A whole number from `from` to `to`. */
  roll(from: number, to: number): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return from + (this.#state % (to - from + 1));
  }

  pick<Value>(values: readonly Value[]): readonly Value[] {
    const at = this.roll(0, values.length - 1);
    return values.slice(at, at + 1);
  }
}

/** All open orders: sales of three months, purchases, productions that have begun. */
export function exampleOrders(): readonly ExampleLine[] {
  const dice = new Dice();
  return [
    ...sales(dice),
    ...purchases(dice),
    ...productions.flatMap((made, at) => production(made, at, dice)),
  ];
}

function sales(dice: Dice): readonly ExampleLine[] {
  const later = Array.from({ length: salesOrders - firstSales.length }, (_, at): Wanted[] => {
    const day = 2 + at + dice.roll(0, 12);
    return Array.from({ length: dice.roll(1, 3) }).flatMap(() =>
      dice.pick(sold).map(({ id }): Wanted => [id, dice.roll(1, id.includes('BIKE') ? 4 : 9), day]),
    );
  });
  return [...firstSales, ...later].flatMap((lines, at) =>
    lines.map((wanted, line) => lineOf({ prefix: 'SO', at, line, wanted }, dice)),
  );
}

function purchases(dice: Dice): readonly ExampleLine[] {
  const later = Array.from({ length: purchaseOrders - firstPurchases.length }).flatMap(() =>
    dice.pick(bought).map(({ id, stock, leadTime }): Wanted => {
      const quantity = Math.max(5, Math.round(Number(stock) * 0.8));
      return [id, quantity, dice.roll(2, leadTime * 2)];
    }),
  );
  return [...firstPurchases, ...later].map((wanted, at) =>
    lineOf({ prefix: 'PO', at, line: 0, wanted }, dice),
  );
}

interface Place {
  readonly prefix: 'SO' | 'PO';
  readonly at: number;
  readonly line: number;
  readonly wanted: Wanted;
}

function lineOf({ prefix, at, line, wanted }: Place, dice: Dice): ExampleLine {
  const [item, quantity, day] = wanted;
  const order = `${prefix}-${at + 1}`;
  const isSale = prefix === 'SO';
  const type = isSale ? 'salesOrder' : 'purchaseOrder';
  return {
    id: `${order}/${line + 1}`,
    item,
    direction: isSale ? 'issue' : 'receipt',
    type,
    quantity: String(quantity),
    day,
    ...dimensionsOf(item, dice),
    document: { type, id: order, line: String(line + 1) },
  };
}

/** A production order: its receipt, and a line for each component of its structure. */
function production(wanted: Wanted, at: number, dice: Dice): readonly ExampleLine[] {
  const [item, quantity, day] = wanted;
  const order = `PROD-${at + 1}`;
  const chosen = dimensionsOf(item, dice);
  const receipt: ExampleLine = {
    id: order,
    item,
    direction: 'receipt',
    type: 'productionOrder',
    quantity: String(quantity),
    day,
    ...chosen,
    document: { type: 'productionOrder', id: order, line: '0' },
    order,
  };
  const start = Math.max(0, day - leadTimeOf(item));
  const components = structureOf(item, chosen.dimensions)
    .filter(({ type }) => type !== 'phantom')
    .map(({ item: component, quantity: each }, index): ExampleLine => {
      const id = String(component);
      const variant = exampleItems.some((known) => known.id === id && isVariant(known, chosen));
      return {
        id: `${order}/${index + 1}`,
        item: id,
        direction: 'issue',
        type: 'productionLine',
        quantity: String(Number((Number(each) * quantity).toFixed(3))),
        day: start,
        ...(variant ? chosen : {}),
        document: { type: 'productionOrder', id: order, line: String(index + 1) },
        order,
      };
    });
  return [receipt, ...components];
}

type Dimensions = { readonly dimensions?: Readonly<Record<string, string>> };

function isVariant({ productDimensions = [] }: ExampleItem, { dimensions = {} }: Dimensions) {
  return productDimensions.some((name) => name in dimensions);
}

function structureOf(item: string, dimensions: Dimensions['dimensions']) {
  const own = exampleStructures.filter((structure) => structure.item === item);
  const exact = own.find((structure) => structure.dimensions?.['color'] === dimensions?.['color']);
  return (exact ?? own[0])?.lines ?? [];
}

function leadTimeOf(item: string): number {
  return exampleItems.find(({ id }) => id === item)?.leadTime ?? 0;
}

/** One of the item's variants, in one of its warehouses. */
function dimensionsOf(item: string, dice: Dice): Dimensions {
  const known = exampleItems.find(({ id }) => id === item);
  if (known === undefined) return {};
  const dimensions: Record<string, string> = {};
  for (const name of known.productDimensions ?? []) {
    for (const value of dice.pick(variantsOf[item] ?? [])) dimensions[name] = value;
  }
  if (known.inShop === true) dimensions['warehouse'] = dice.roll(0, 2) === 0 ? 'MAIN' : 'SHOP';
  return Object.keys(dimensions).length === 0 ? {} : { dimensions };
}
