import {
  dayText,
  instantText,
  quantityText,
  storedDay,
  storedQuantity,
  storedTime,
} from './images.js';

type Kind = 'quantity' | 'day' | 'time';

/**
 * What the value under a name is, in decisions, runs and plan rows: these names mean the same
 * wherever they stand, so one walk writes and reads all of those shapes.
 */
const kindOfName = new Map<string, Kind>([
  ...(['quantity', 'uncovered', 'free', 'priority'] as const).map((name): [string, Kind] => [
    name,
    'quantity',
  ]),
  ...(
    [
      'date',
      'confirmedDate',
      'requirementDate',
      'orderDate',
      'startDate',
      'deliveryDate',
      'originalDate',
      'delayedDate',
      'day',
    ] as const
  ).map((name): [string, Kind] => [name, 'day']),
  ...(['time', 'asOf'] as const).map((name): [string, Kind] => [name, 'time']),
]);

/** Numbers of quantities, days and times become the texts of the public contract. */
export function writeNamed(value: unknown): unknown {
  return walk(value, (kind, inner) => {
    if (typeof inner !== 'number') return writeNamed(inner);
    if (kind === 'quantity') return quantityText(inner);
    return kind === 'day' ? dayText(inner as Parameters<typeof dayText>[0]) : instantText(inner);
  });
}

/** The way back. */
export function readNamed(value: unknown): unknown {
  return walk(value, (kind, inner) => {
    if (typeof inner !== 'string') return readNamed(inner);
    if (kind === 'quantity') return storedQuantity(inner);
    return kind === 'day' ? storedDay(inner) : storedTime(inner);
  });
}

function walk(value: unknown, turn: (kind: Kind, inner: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => walk(one, turn));
  const turned: Record<string, unknown> = {};
  for (const name in value) {
    if (!Object.hasOwn(value, name)) continue;
    const inner: unknown = (value as Record<string, unknown>)[name];
    const kind = kindOfName.get(name);
    if (inner === undefined) continue;
    if (kind !== undefined) turned[name] = turn(kind, inner);
    // Dimension values are texts of the outside: a dimension is never looked into.
    else turned[name] = name === 'dimensions' ? inner : walk(inner, turn);
  }
  return turned;
}
