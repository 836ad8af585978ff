/** Items of the example: a bicycle factory with a shop. Quantities are decimal texts. */

/** What all items of a group share; an item's own settings go before these. */
export const coverageGroups = {
  MADE: {
    code: 'requirement',
    coverageFence: 120,
    positiveDays: 15,
    negativeDays: 2,
    orderType: 'production',
    actions: { advance: true, postpone: true, decrease: true, cancel: true },
  },
  BOUGHT: {
    code: 'period',
    periodDays: 7,
    coverageFence: 120,
    positiveDays: 15,
    negativeDays: 3,
    orderType: 'purchase',
    actions: { advance: true, postpone: true, decrease: true, cancel: true },
  },
  STOCKED: {
    code: 'minMax',
    coverageFence: 120,
    positiveDays: 15,
    negativeDays: 3,
    orderType: 'purchase',
  },
  KANBAN: {
    code: 'minMax',
    coverageFence: 60,
    positiveDays: 30,
    negativeDays: 1,
    orderType: 'kanban',
  },
} as const;

export type GroupName = keyof typeof coverageGroups;

export interface ExampleItem {
  readonly id: string;
  readonly group: GroupName;
  /** Open days of the week calendar. */
  readonly leadTime: number;
  readonly unit?: string;
  readonly decimals?: number;
  readonly productDimensions?: readonly ('color' | 'size')[];
  /** The shop keeps its own stock, and is refilled from the main warehouse. */
  readonly inShop?: true;
  readonly coverage?: Readonly<Record<string, unknown>>;
  /** Stock on the first day, of each variant. */
  readonly stock: string;
}

type Row = readonly [id: string, leadTime: number, stock: string, more?: Partial<ExampleItem>];

function inGroup(group: GroupName, rows: readonly Row[]): ExampleItem[] {
  return rows.map(([id, leadTime, stock, more]) => ({ id, group, leadTime, stock, ...more }));
}

const color = { productDimensions: ['color'] } as const;
const size = { productDimensions: ['size'] } as const;
const inShop = { inShop: true } as const;
const metres = { unit: 'm', decimals: 2 } as const;
const kilograms = { unit: 'kg', decimals: 3 } as const;

const made: readonly Row[] = [
  ['BIKE-CITY', 2, '6'],
  ['BIKE-TOUR', 3, '2'],
  ['BIKE-TREK', 3, '2', color],
  ['BIKE-KIDS', 2, '4', color],
  ['BIKE-RACE', 4, '1', size],
  ['BIKE-CARGO', 5, '0'],
  ['EBIKE-CITY', 4, '2'],
  ['EBIKE-TOUR', 4, '1'],
  ['FRAME', 4, '4', { coverage: { orderMinimum: '5' } }],
  ['FRAME-TREK', 3, '2', { ...color, coverage: { orderMinimum: '4' } }],
  ['FRAME-KIDS', 3, '2', { ...color, coverage: { orderMinimum: '6' } }],
  ['FRAME-RACE', 6, '1', size],
  ['FRAME-CARGO', 5, '0'],
  ['FRAME-EBIKE', 5, '2'],
  ['RAW-TREK', 4, '6', { coverage: { orderMultiple: '4' } }],
  ['RAW-KIDS', 4, '8', { coverage: { orderMultiple: '6' } }],
  ['WHEEL', 2, '18', { coverage: { minimum: '10' } }],
  ['WHEEL-20', 2, '8'],
  ['WHEEL-26', 2, '10'],
  ['WHEEL-RACE', 3, '4'],
  ['HUB-FRONT', 2, '12', { coverage: { orderMinimum: '20' } }],
  ['HUB-REAR', 2, '10', { coverage: { orderMinimum: '20' } }],
  ['FORK', 2, '8'],
  ['FORK-SPRUNG', 3, '4'],
  ['COCKPIT', 1, '0'],
  ['BRAKE-SET', 1, '0'],
  ['DRIVE-CHAIN', 2, '6'],
  ['DRIVE-RACE', 2, '2'],
  ['DRIVE-ELECTRIC', 3, '1'],
  ['BATTERY', 3, '3', { coverage: { minimum: '2', fulfilMinimum: 'todayPlusLeadTime' } }],
  ['CELL-PACK', 2, '4'],
  ['CRANKSET', 2, '10'],
  ['HEADSET', 1, '12'],
  ['LIGHT-SET', 1, '0'],
  ['RACK', 2, '6'],
  ['CARGO-BOX', 3, '1'],
];

const bought: readonly Row[] = [
  ['GEARBOX', 15, '5', { coverage: { orderMultiple: '10' } }],
  ['TUBE', 8, '40', metres],
  ['TUBE-ALU', 10, '30', metres],
  ['TUBE-CARBON', 20, '24', metres],
  ['RIM', 6, '20'],
  ['RIM-20', 6, '16'],
  ['RIM-26', 6, '20'],
  ['RIM-RACE', 12, '14'],
  ['TYRE', 4, '25'],
  ['TYRE-20', 4, '20'],
  ['TYRE-26', 4, '24'],
  ['TYRE-RACE', 8, '8'],
  ['SADDLE', 7, '12'],
  ['SADDLE-RACE', 10, '4'],
  ['SEATPOST', 5, '20'],
  ['STEM', 5, '18'],
  ['BAR', 5, '18'],
  ['BRAKE-LEVER', 6, '30'],
  ['BRAKE-CALIPER', 8, '24'],
  ['DERAILLEUR', 12, '18', { coverage: { orderMultiple: '5' } }],
  ['SHIFTER', 10, '10'],
  ['CASSETTE', 9, '16'],
  ['CHAIN', 5, '20'],
  ['CRANK-ARM', 6, '24'],
  ['CHAINRING', 6, '20'],
  ['BOTTOM-BRACKET', 7, '18'],
  ['MOTOR', 25, '14', { coverage: { periodDays: 14, orderMultiple: '5' } }],
  ['CONTROLLER', 20, '14', { coverage: { periodDays: 14 } }],
  ['DISPLAY', 15, '12'],
  ['CELL', 30, '1600', { coverage: { periodDays: 14, orderMultiple: '100' } }],
  ['BATTERY-CASE', 12, '10'],
  ['SHOCK', 12, '8'],
  ['HUB-SHELL', 6, '30'],
  ['LAMP', 6, '20'],
  ['TAIL-LAMP', 6, '20'],
  ['CABLE-LOOM', 8, '12'],
  ['MUDGUARD', 5, '24'],
  ['PLYWOOD', 5, '6', { unit: 'm2', decimals: 2 }],
];

const stocked: readonly Row[] = [
  ['SPOKE', 5, '900', { coverage: { minimum: '500', maximum: '3000', orderMultiple: '100' } }],
  ['PAINT', 10, '6.5', { ...kilograms, coverage: { minimum: '5', maximum: '25' } }],
  ['PAINT-RED', 10, '3', { ...kilograms, coverage: { minimum: '2', maximum: '10' } }],
  ['PAINT-BLUE', 10, '4', { ...kilograms, coverage: { minimum: '2', maximum: '10' } }],
  ['PAINT-BLACK', 10, '5', { ...kilograms, coverage: { minimum: '2', maximum: '10' } }],
  ['PAINT-GREEN', 10, '2.5', { ...kilograms, coverage: { minimum: '2', maximum: '8' } }],
  ['LACQUER', 10, '4', { ...kilograms, coverage: { minimum: '3', maximum: '15' } }],
  ['NIPPLE', 5, '1500', { coverage: { minimum: '800', maximum: '4000', orderMultiple: '100' } }],
  ['BEARING', 7, '120', { coverage: { minimum: '60', maximum: '240' } }],
  ['INNER-TUBE', 4, '70', { coverage: { minimum: '40', maximum: '160' } }],
  ['CARTON', 3, '30', { coverage: { minimum: '20', maximum: '80', orderMultiple: '10' } }],
];

const kanban: readonly Row[] = [
  ['SCREW-M5', 1, '400', { coverage: { minimum: '200', maximum: '600', orderMultiple: '50' } }],
  ['SCREW-M6', 1, '300', { coverage: { minimum: '150', maximum: '450', orderMultiple: '50' } }],
  ['GRIP', 1, '50', { coverage: { minimum: '30', maximum: '90', orderMultiple: '10' } }],
  ['PEDAL', 1, '50', { coverage: { minimum: '30', maximum: '90', orderMultiple: '10' } }],
];

// Helmets sell in spring: their minimum doubles from March to June.
const spring = { minimum: '4', minimumKey: { '3': '2', '7': '1' } };

const sold: readonly Row[] = [
  ['HELMET', 8, '10', { ...size, ...inShop, coverage: spring }],
  ['LOCK', 6, '25', { ...inShop, coverage: { minimum: '8' } }],
  ['PUMP', 6, '18', inShop],
  ['BELL', 4, '30', { ...inShop, coverage: { orderMultiple: '12' } }],
  ['BASKET', 7, '9', inShop],
  ['CHILD-SEAT', 12, '4', inShop],
  ['BAG', 9, '12', { ...color, ...inShop }],
  ['REPAIR-KIT', 4, '20', inShop],
];

export const exampleItems: readonly ExampleItem[] = [
  ...inGroup('MADE', made),
  ...inGroup('BOUGHT', [...bought, ...sold]),
  ...inGroup('STOCKED', stocked),
  ...inGroup('KANBAN', kanban),
];

/** Values of the product dimensions of items that have variants. */
export const variantsOf: Readonly<Record<string, readonly string[]>> = {
  'BIKE-TREK': ['red', 'blue', 'black'],
  'FRAME-TREK': ['red', 'blue', 'black'],
  'BIKE-KIDS': ['red', 'green'],
  'FRAME-KIDS': ['red', 'green'],
  'BIKE-RACE': ['54', '58'],
  'FRAME-RACE': ['54', '58'],
  HELMET: ['M', 'L'],
  BAG: ['black', 'blue'],
};
