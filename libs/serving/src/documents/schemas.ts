import { commandSchemas, DimensionValues, eventKinds, RunRequestData } from '@tidemark/wire';
import { readModelSchemas } from './read-model-schemas.js';
import { listedRowsMax, outcomes } from '../way-in/totals.js';

export type Schema = Readonly<Record<string, unknown>>;

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };
const flag: Schema = { type: 'boolean' };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const quantity: Schema = {
  type: 'string',
  description: 'Decimal number in the inventory unit of the item.',
  pattern: '^-?\\d{1,10}(\\.\\d{1,6})?$',
};
const date: Schema = { type: 'string', format: 'date' };

/** An object with these keys; those whose name ends with `?` may be absent. */
function object(properties: Readonly<Record<string, Schema>>, more: Schema = {}): Schema {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    required: entries.filter(([name]) => !name.endsWith('?')).map(([name]) => name),
    properties: Object.fromEntries(entries.map(([name, one]) => [name.replace('?', ''), one])),
    ...more,
  };
}

const node = { item: text, dimensions: ref('Dimensions') };
const stand = { plan: text, revision: count, tidemark: text };

const order = object({
  ...node,
  id: text,
  type: text,
  status: { enum: ['planned', 'approved', 'frozen'] },
  quantity,
  requirementDate: date,
  orderDate: date,
  startDate: date,
  deliveryDate: date,
  opener: text,
  ordinal: count,
  'priority?': quantity,
  'billOfMaterial?': text,
});

const requirement = object({
  ...node,
  id: text,
  direction: { enum: ['issue', 'receipt'] },
  kind: { enum: ['onHand', 'transaction', 'derived', 'safetyStock', 'plannedOrder'] },
  'type?': text,
  'order?': text,
  quantity,
  'date?': date,
  'originalDate?': date,
  'uncovered?': quantity,
  'free?': quantity,
  'delayedDate?': date,
  'held?': flag,
  accumulated: { ...quantity, description: 'On hand after this row, in the order of the rows.' },
});

const message = {
  oneOf: [
    object({
      ...node,
      kind: { const: 'action' },
      order: text,
      action: { enum: ['advance', 'postpone', 'increase', 'decrease', 'cancel'] },
      'date?': date,
      'quantity?': quantity,
    }),
    object({
      ...node,
      kind: { const: 'delay' },
      requirement: text,
      date,
      days: { type: 'integer' },
      because: text,
    }),
  ],
};

const peg = object({
  ...node,
  id: text,
  quantity,
  'kind?': text,
  'type?': text,
  'date?': date,
  'order?': text,
  pegs: listOf(ref('Peg')),
});

const runNodes = {
  ...object({ count, nodes: listOf(object(node)) }),
  description: 'How many nodes, and the names of the first 200.',
};

const revisionHead = {
  plan: text,
  revision: count,
  mode: text,
  day: date,
  tidemark: text,
  position: { ...text, description: 'The place in the log that led to the revision.' },
  step: { ...count, description: 'Counts the revisions of the plan at this position.' },
  counters: object({
    nodesVisited: count,
    rowsComputed: count,
    nodesChanged: count,
    inputsApplied: count,
  }),
  requested: { ...count, description: 'Nodes that the run began with.' },
  processed: { ...count, description: 'Nodes that it covered.' },
  changes: object({ orders: count, requirements: count, coverage: count, messages: count }),
  findings: listOf({ type: 'object' }),
  'workingSet?': object({ initial: runNodes, extended: runNodes }),
  skipped: listOf(object({ item: text, reason: text })),
  decisions: count,
};

const change = (row: Schema): Schema =>
  listOf(object({ key: text, 'before?': row, 'after?': row, 'replaces?': text }));

const cause = object({
  kind: { enum: ['entry', 'settings', 'decision', 'day', 'run'] },
  position: text,
  name: text,
});

const difference = object({
  ...node,
  orders: change(ref('Order')),
  requirements: change({ type: 'object' }),
  coverage: change(ref('Coverage')),
  messages: change(ref('Message')),
  causes: listOf(cause),
  reachedFrom: listOf(object(node)),
});

const keptRow = {
  index: count,
  code: text,
  rule: text,
  field: text,
  message: text,
  values: { type: 'object', additionalProperties: text },
  remedy: text,
  mentions: listOf(text),
};

const { index: _, ...letter } = keptRow;

const taken = object({
  ...Object.fromEntries(outcomes.map((outcome) => [outcome, count])),
  refusedRows: { ...listOf(object({ ...keptRow, letter: text })), maxItems: listedRowsMax },
  parkedRows: {
    ...listOf(object({ index: count, code: text, missing: text })),
    maxItems: listedRowsMax,
  },
  warnings: listOf(object({ index: count, code: text, field: text, message: text })),
  unlisted: { ...count, description: 'Rows beyond those listed.' },
  position: { ...text, description: 'What `minPosition` of a read may ask for.' },
});

const problem = object({
  type: { type: 'string', format: 'uri' },
  title: text,
  status: { type: 'integer' },
  detail: text,
  instance: text,
  code: text,
  rule: text,
  'field?': text,
  values: { type: 'object', additionalProperties: text },
  mentions: listOf(text),
  remedy: text,
});

/** Rows of a list of one revision. */
export const pageOf = (rows: Schema): Schema =>
  object({ ...stand, items: listOf(rows), total: count, 'cursor?': text });

/** Rows of a list that belongs to no plan. */
export const listPageOf = (rows: Schema): Schema =>
  object({ items: listOf(rows), total: count, 'cursor?': text });

/** The same, with the place in the log that was read at. */
export const placedPageOf = (rows: Schema): Schema =>
  object({ position: text, items: listOf(rows), total: count, 'cursor?': text });

export const promiseRequest = object(
  {
    id: text,
    item: text,
    quantity,
    date,
    'method?': { enum: ['ctp', 'atp', 'atpIssueMargin'], default: 'ctp' },
    'plan?': text,
    'dimensions?': ref('Dimensions'),
  },
  { additionalProperties: false },
);

/** The schemas of all that comes in and goes out, by name. */
export const componentSchemas: Readonly<Record<string, Schema>> = {
  Event: {
    oneOf: Object.keys(eventKinds).map((type) => ref(type)),
    discriminator: { propertyName: 'type' },
  },
  ...Object.fromEntries(Object.entries(eventKinds).map(([type, { schema }]) => [type, schema])),
  Command: { oneOf: Object.values(commandSchemas) },
  RunRequest: RunRequestData,
  PlanCopy: object({ from: text, to: text }, { additionalProperties: false }),
  PromiseRequest: promiseRequest,
  Dimensions: DimensionValues,
  Taken: taken,
  DeadLetter: object({ ...letter, id: text, company: text, 'source?': text, text }),
  Parked: object({
    id: text,
    company: text,
    code: text,
    waitsFor: object({ kind: text, id: text }),
    type: text,
    source: text,
    subject: text,
    version: count,
    event: {},
  }),
  Settled: object({ position: text, revisions: listOf(ref('RevisionHead')) }),
  Promise: object({ id: text, date, protection: text }),
  Plan: object({
    ...stand,
    day: date,
    isCurrentDynamic: flag,
    isCurrentStatic: flag,
    definition: { type: 'object' },
  }),
  Order: order,
  Requirement: requirement,
  Coverage: object({ ...node, demand: text, supply: text, quantity }),
  Message: message,
  Stock: object({ ...node, onHand: quantity, 'free?': quantity }),
  Peg: peg,
  Pegging: object({
    ...stand,
    order: ref('Order'),
    demands: listOf(ref('Peg')),
    supplies: listOf(ref('Peg')),
    isCut: flag,
  }),
  RevisionHead: object({
    ...revisionHead,
    'causes?': { ...listOf(cause), description: 'Of its first nodes, where it is listed.' },
  }),
  Revision: object({ ...revisionHead, nodes: listOf(difference) }),
  ...readModelSchemas,
  Problem: problem,
};
