import type { IntakeCompany, Json, Told } from './intake-company.js';

/** One row of the catalogue of bad inputs, or one side of it. */
export interface BadInput {
  /** Its number in docs/decisions/0003-bad-inputs.md. */
  readonly row: `B-${string}`;
  readonly what: string;
  /** Sent before it, with nothing wrong. */
  readonly given?: readonly unknown[];
  /** Sent one after the other: events, lines of NDJSON (text) or bodies. */
  readonly send: readonly unknown[];
  /** What their sender is told, one by one. */
  readonly told: readonly Told[];
  /** What must hold then. */
  readonly then?: (company: IntakeCompany) => Promise<void>;
}

export const refused = (code: string, field: string, rule = code): Told => ({
  refused: code,
  rule,
  field,
});
export const badQuantity = (rule: string, field = 'data/quantity'): Told =>
  refused('INVALID_QUANTITY', field, rule);
export const badDate = (field: string, rule = 'DATE'): Told => refused('INVALID_DATE', field, rule);
export const badId = (field: string): Told => refused('ID_FORMAT', field);
export const warned = (code: string, field: string): Told => ({ warned: code, field });
export const parked = (code: string, missing: string): Told => ({ parked: code, missing });

/** The same answer to each value of a list. */
export function each(
  row: BadInput['row'],
  answer: Told,
  cases: readonly (readonly [what: string, sent: unknown])[],
): readonly BadInput[] {
  return cases.map(([what, sent]) => ({ row, what, send: [sent], told: [answer] }));
}

export const event = (type: string, data: Json, more: Json = {}): Json => ({
  type,
  version: 1,
  ...more,
  data,
});

/** A sales order line of 5 FG, due on 20 March, with what is said otherwise. */
export const sale = (data: Json = {}, more: Json = {}): Json =>
  event(
    'inventory.transaction.changed.v1',
    {
      id: 'SO-1',
      item: 'FG',
      direction: 'issue',
      type: 'salesOrder',
      quantity: '5',
      date: '2026-03-20',
      ...data,
    },
    more,
  );

export const removed = (data: Json = {}, more: Json = {}): Json =>
  event('inventory.transaction.removed.v1', { id: 'SO-1', item: 'FG', ...data }, more);

export const counted = (data: Json = {}, more: Json = {}): Json =>
  event('stock.counted.v1', { id: 'C-1', item: 'FG', quantity: '10', ...data }, more);

export const adjusted = (data: Json = {}, more: Json = {}): Json =>
  event('stock.adjusted.v1', { id: 'J-1', item: 'FG', quantity: '3', ...data }, more);

export const item = (id: unknown, data: Json = {}, version = 1): Json =>
  event('item.changed.v1', { id, ...data }, { version });

export const covered = (id: unknown, coverage: Json): Json => item(id, { coverage });

export const calendar = (data: Json, version = 1): Json =>
  event('calendar.changed.v1', { id: 'CAL', ...data }, { version });

interface Line extends Json {
  readonly item: string;
}

/** A version of a BOM, one piece of each component that is only named. */
export const bom = (
  of: string,
  lines: readonly (string | Line)[],
  data: Json = {},
  version = 1,
): Json =>
  event(
    'bom.changed.v1',
    {
      id: `BOM-${of}`,
      item: of,
      lines: lines.map((line) =>
        typeof line === 'string' ? { item: line, quantity: '1' } : { quantity: '1', ...line },
      ),
      ...data,
    },
    { version },
  );

/** FG in pieces, made of nothing; the plan follows exactly; it is Monday, 2 March 2026. */
export const opening: readonly Json[] = [
  item('FG', { decimals: 0, orderType: 'purchase', leadTime: 2 }),
  event('day.changed.v1', { day: '2026-03-02' }),
  event('plan.defined.v1', { id: 'dynamic', continuity: 'exact' }),
];
