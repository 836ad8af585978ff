/** Bills of material of the example. */

type Line = readonly [item: string, quantity: string, more?: Readonly<Record<string, unknown>>];

export interface ExampleStructure {
  readonly id: string;
  readonly item: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

const phantom = { type: 'phantom' } as const;

function structure(
  id: string,
  lines: readonly Line[],
  dimensions?: Readonly<Record<string, string>>,
): ExampleStructure {
  const item = id.split('/')[0] ?? id;
  return {
    id: `BOM-${id}`,
    item,
    ...(dimensions === undefined ? {} : { dimensions }),
    lines: lines.map(([component, quantity, more]) => ({ item: component, quantity, ...more })),
  };
}

/** One version for each colour: the frame is the same, the paint is not. */
function painted(item: string, raw: string, colors: readonly string[]): ExampleStructure[] {
  return colors.map((color) =>
    structure(
      `${item}/${color}`,
      [
        [raw, '1'],
        [`PAINT-${color.toUpperCase()}`, '0.3', { scrapPercent: '4' }],
        ['LACQUER', '0.15'],
      ],
      { color },
    ),
  );
}

const finish: readonly Line[] = [
  ['COCKPIT', '1', phantom],
  ['BRAKE-SET', '1', phantom],
  ['PEDAL', '2'],
  ['SEATPOST', '1'],
  ['CARTON', '1'],
];

const bicycles = [
  structure('BIKE-CITY', [
    ['FRAME', '1'],
    ['WHEEL', '2'],
    ['SADDLE', '1'],
    ['LIGHT-SET', '1', phantom],
    ['MUDGUARD', '2'],
    ...finish,
  ]),
  structure('BIKE-TOUR', [
    ['FRAME', '1'],
    ['WHEEL', '2'],
    ['SADDLE', '1'],
    ['GEARBOX', '1'],
    ['LIGHT-SET', '1', phantom],
    ['RACK', '1'],
    ...finish,
  ]),
  structure('BIKE-TREK', [
    ['FRAME-TREK', '1'],
    ['WHEEL-26', '2'],
    ['FORK-SPRUNG', '1'],
    ['DRIVE-CHAIN', '1'],
    ['SADDLE', '1'],
    ...finish,
  ]),
  structure('BIKE-KIDS', [
    ['FRAME-KIDS', '1'],
    ['WHEEL-20', '2'],
    ['FORK', '1'],
    ['CRANKSET', '1'],
    ['CHAIN', '1'],
    ['SADDLE', '1'],
    ...finish,
  ]),
  structure('BIKE-RACE', [
    ['FRAME-RACE', '1'],
    ['WHEEL-RACE', '2'],
    ['DRIVE-RACE', '1'],
    ['SADDLE-RACE', '1'],
    ...finish,
  ]),
  structure('BIKE-CARGO', [
    ['FRAME-CARGO', '1', { type: 'pegged' }],
    ['WHEEL-20', '1'],
    ['WHEEL-26', '1'],
    ['CARGO-BOX', '1'],
    ['DRIVE-CHAIN', '1'],
    ['SADDLE', '1'],
    ...finish,
  ]),
  structure('EBIKE-CITY', [
    ['FRAME-EBIKE', '1'],
    ['WHEEL', '2'],
    ['DRIVE-ELECTRIC', '1'],
    ['LIGHT-SET', '1', phantom],
    ['SADDLE', '1'],
    ...finish,
  ]),
  structure('EBIKE-TOUR', [
    ['FRAME-EBIKE', '1'],
    ['WHEEL-26', '2'],
    ['FORK-SPRUNG', '1'],
    ['DRIVE-ELECTRIC', '1'],
    ['BATTERY', '1'],
    ['SADDLE', '1'],
    ...finish,
  ]),
];

const frames = [
  structure('FRAME', [
    ['TUBE', '3.2', { scrapPercent: '5' }],
    ['PAINT', '0.35'],
  ]),
  ...painted('FRAME-TREK', 'RAW-TREK', ['red', 'blue', 'black']),
  ...painted('FRAME-KIDS', 'RAW-KIDS', ['red', 'green']),
  structure('RAW-TREK', [
    ['TUBE-ALU', '3.4', { scrapPercent: '3' }],
    ['HEADSET', '1'],
  ]),
  structure('RAW-KIDS', [
    ['TUBE', '2.1', { scrapPercent: '3' }],
    ['HEADSET', '1'],
  ]),
  structure('FRAME-RACE', [
    ['TUBE-CARBON', '2.6', { scrapPercent: '8' }],
    ['HEADSET', '1'],
    ['LACQUER', '0.2'],
  ]),
  structure('FRAME-CARGO', [
    ['TUBE', '5.5', { scrapPercent: '5' }],
    ['HEADSET', '2'],
    ['PAINT-BLACK', '0.5'],
  ]),
  structure('FRAME-EBIKE', [
    ['TUBE-ALU', '3.8', { scrapPercent: '3' }],
    ['HEADSET', '1'],
    ['PAINT-BLACK', '0.4'],
  ]),
];

/** 32 spokes, two more for those that break, cut from boxes. */
function wheel(id: string, parts: readonly string[], spokes: string): ExampleStructure {
  return structure(id, [
    ...parts.map((part): Line => [part, '1']),
    ['SPOKE', spokes, { scrapConstant: '2' }],
    ['NIPPLE', spokes],
  ]);
}

const wheels = [
  structure('WHEEL', [
    ['RIM', '1'],
    ['SPOKE', '32', { scrapConstant: '2' }],
    ['TYRE', '1'],
    ['HUB-REAR', '1'],
  ]),
  wheel('WHEEL-20', ['RIM-20', 'TYRE-20', 'INNER-TUBE', 'HUB-FRONT'], '28'),
  wheel('WHEEL-26', ['RIM-26', 'TYRE-26', 'INNER-TUBE', 'HUB-REAR'], '32'),
  wheel('WHEEL-RACE', ['RIM-RACE', 'TYRE-RACE', 'HUB-FRONT'], '20'),
  structure('HUB-FRONT', [
    ['HUB-SHELL', '1'],
    ['BEARING', '2'],
  ]),
  structure('HUB-REAR', [
    ['HUB-SHELL', '1'],
    ['BEARING', '3'],
  ]),
];

const assemblies = [
  structure('FORK', [
    ['TUBE', '1.2'],
    ['SCREW-M6', '2'],
  ]),
  structure('FORK-SPRUNG', [
    ['TUBE-ALU', '1.4'],
    ['SHOCK', '2'],
    ['SCREW-M6', '4'],
  ]),
  structure('COCKPIT', [
    ['BAR', '1'],
    ['STEM', '1'],
    ['GRIP', '2'],
    ['SCREW-M5', '4'],
  ]),
  structure('BRAKE-SET', [
    ['BRAKE-LEVER', '2'],
    ['BRAKE-CALIPER', '2'],
    ['SCREW-M5', '4'],
  ]),
  structure('LIGHT-SET', [
    ['LAMP', '1'],
    ['TAIL-LAMP', '1'],
    ['CABLE-LOOM', '1'],
  ]),
  structure('DRIVE-CHAIN', [
    ['CRANKSET', '1'],
    ['DERAILLEUR', '1'],
    ['SHIFTER', '1'],
    ['CASSETTE', '1'],
    ['CHAIN', '1'],
  ]),
  structure('DRIVE-RACE', [
    ['CRANKSET', '1'],
    ['DERAILLEUR', '2'],
    ['SHIFTER', '2'],
    ['CASSETTE', '1'],
    ['CHAIN', '1'],
  ]),
  structure('CRANKSET', [
    ['CRANK-ARM', '2'],
    ['CHAINRING', '1'],
    ['BOTTOM-BRACKET', '1'],
    ['SCREW-M5', '5'],
  ]),
  structure('HEADSET', [
    ['BEARING', '2'],
    ['SCREW-M6', '1'],
  ]),
  structure('DRIVE-ELECTRIC', [
    ['MOTOR', '1'],
    ['CONTROLLER', '1'],
    ['DISPLAY', '1'],
    ['BATTERY', '1'],
    ['CRANKSET', '1'],
  ]),
  structure('BATTERY', [
    ['CELL-PACK', '1'],
    ['BATTERY-CASE', '1'],
    ['CABLE-LOOM', '1'],
    ['SCREW-M5', '8'],
  ]),
  structure('CELL-PACK', [['CELL', '40', { scrapPercent: '1', rounding: { multiple: '1' } }]]),
  structure('RACK', [
    ['TUBE-ALU', '1.8'],
    ['SCREW-M6', '4'],
  ]),
  structure('CARGO-BOX', [
    ['PLYWOOD', '1.6', { scrapPercent: '10' }],
    ['SCREW-M6', '16'],
  ]),
];

export const exampleStructures: readonly ExampleStructure[] = [
  ...bicycles,
  ...frames,
  ...wheels,
  ...assemblies,
];
