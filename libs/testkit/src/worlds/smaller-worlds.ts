import type { ReferenceWorld, Transaction } from '../reference/world.js';

const keysKept = new Set([
  'today',
  'id',
  'item',
  'direction',
  'type',
  'quantity',
  'date',
  'for',
  'lines',
  'calendars',
  'productDimensions',
  'coverageDimensions',
]);

/** A line of a real production order is on a component of its item, below it. */
function isOnComponent(world: ReferenceWorld, image: Transaction): boolean {
  const receipt = world.transactions?.find(({ id }) => id === image.order && id !== image.id);
  if (image.order === undefined || receipt === undefined) return true;
  return (world.boms ?? []).some(
    (bom) =>
      bom.item === receipt.item &&
      bom.lines.some(
        (line) =>
          line.item === image.item &&
          (line.dimensions?.color ?? image.dimensions?.color) === image.dimensions?.color,
      ),
  );
}

/** Nothing in the world names an item, a BOM line or a calendar that is not there. */
function isWhole(world: ReferenceWorld): boolean {
  const items = world.items ?? {};
  const places = [
    ...(world.transactions ?? []),
    ...(world.onHand ?? []),
    ...(world.boms ?? []),
    ...(world.boms ?? []).flatMap((bom) => bom.lines),
  ];
  return (
    (world.transactions ?? []).every((image) => isOnComponent(world, image)) &&
    places.every((place) => items[place.item] !== undefined) &&
    (world.boms ?? []).every((bom) => bom.lines.length > 0) &&
    Object.keys(world.plans ?? {}).length > 0 &&
    Object.values(items).every(
      ({ calendar, leadTimeCalendar, coverageGroup }) =>
        [calendar, leadTimeCalendar].every(
          (name) => name === undefined || world.calendars?.[name] !== undefined,
        ) &&
        (coverageGroup === undefined || world.coverageGroups?.[coverageGroup] !== undefined),
    )
  );
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isWorld(value: unknown): value is ReferenceWorld {
  return typeof value === 'object' && value !== null && 'today' in value;
}

/** Every copy of a value with one part of it left out. */
function* smaller(value: unknown): Generator<unknown> {
  if (value === null || typeof value !== 'object') return;
  if (isList(value)) {
    for (let at = 0; at < value.length; at += 1) yield value.toSpliced(at, 1);
    for (let at = 0; at < value.length; at += 1) {
      for (const part of smaller(value[at])) yield value.with(at, part);
    }
    return;
  }
  const entries: [string, unknown][] = Object.entries(value);
  for (const [key] of entries) {
    if (keysKept.has(key)) continue;
    yield Object.fromEntries(entries.filter(([other]) => other !== key));
  }
  for (const [key, part] of entries) {
    if (keysKept.has(key)) continue;
    for (const less of smaller(part)) yield { ...value, [key]: less };
  }
}

/** Worlds with one part left out of them in which every name still leads somewhere. */
export function* smallerWorlds(world: ReferenceWorld): Generator<ReferenceWorld> {
  for (const candidate of smaller(world)) {
    if (isWorld(candidate) && isWhole(candidate)) yield candidate;
  }
}
