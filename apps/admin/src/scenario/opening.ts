import type { EventType, ScenarioData } from '@tidemark/wire';

/** An event of the contract that a scenario comes to, and where in the file it stands. */
export interface ScenarioEvent {
  readonly event: { readonly type: EventType; readonly version: number; readonly data: unknown };
  readonly path: readonly string[];
}

const posted = new Set<unknown>(['deducted', 'sold', 'received', 'purchased']);

/** The plan that a scenario without plans has. */
export const onlyPlan = 'dynamic';

/** The opening state as events, everything before the plans: a new plan has folded what was. */
export function openingEvents(scenario: ScenarioData): ScenarioEvent[] {
  const events: ScenarioEvent[] = [];
  const add = (type: EventType, path: readonly string[], data: unknown): void => {
    events.push({ event: { type, version: 1, data }, path });
  };
  const { calendars = {}, coverageGroups = {}, items = {}, plans = {} } = scenario;
  for (const [id, calendar] of Object.entries(calendars)) {
    add('calendar.changed.v1', ['calendars', id], { id, ...calendar });
  }
  for (const [id, settings] of Object.entries(coverageGroups)) {
    add('coverageGroup.changed.v1', ['coverageGroups', id], { id, settings });
  }
  for (const [id, item] of Object.entries(items)) {
    add('item.changed.v1', ['items', id], { id, ...item });
  }
  const unnamed = new Map<unknown, number>();
  for (const [at, bom] of (scenario.boms ?? []).entries()) {
    const earlier = unnamed.get(bom['item']) ?? 0;
    if (bom['id'] === undefined) unnamed.set(bom['item'], earlier + 1);
    const id = earlier === 0 ? bomName(bom) : `${bomName(bom)} ${earlier + 1}`;
    add('bom.changed.v1', ['boms', String(at)], { id, ...bom });
  }
  for (const [at, transaction] of (scenario.transactions ?? []).entries()) {
    add('inventory.transaction.changed.v1', ['transactions', String(at)], transaction);
  }
  for (const [at, count] of openingCounts(scenario).entries()) {
    add('stock.counted.v1', ['onHand', String(at)], { id: `opening-${at + 1}`, ...count });
  }
  add('day.changed.v1', ['today'], { day: scenario.today });
  const defined = Object.keys(plans).length === 0 ? { [onlyPlan]: {} } : plans;
  for (const [id, plan] of Object.entries(defined)) {
    add('plan.defined.v1', ['plans', id], { id, ...plan });
  }
  return events;
}

interface OpeningCount {
  readonly item: unknown;
  readonly quantity: number;
  readonly dimensions?: unknown;
}

/** Stock as it is, what was posted included; where something was posted and nothing is: 0. */
function openingCounts({ onHand = [], transactions = [] }: ScenarioData): OpeningCount[] {
  const counts: OpeningCount[] = [...onHand];
  const keyOf = (item: unknown, dimensions: unknown): string => JSON.stringify([item, dimensions]);
  const known = new Set(counts.map(({ item, dimensions }) => keyOf(item, dimensions)));
  for (const { item, dimensions, status } of transactions) {
    if (!posted.has(status) || known.has(keyOf(item, dimensions))) continue;
    known.add(keyOf(item, dimensions));
    counts.push({ item, quantity: 0, ...(dimensions === undefined ? {} : { dimensions }) });
  }
  return counts;
}

/** Name of a BOM version that the file gives none. */
export function bomName({ item }: Readonly<Record<string, unknown>>): string {
  return `bom of ${String(item)}`;
}
