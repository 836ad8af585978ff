import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { choice, closed, Day, DimensionValues, Id } from './primitives.js';
import { RunRequestData } from './commands.js';

/** The scenario format of planning cases: one world, steps, expectations. */

const text = Type.String({ minLength: 1 });
const number = Type.Number({ minimum: -9_007_199_255, maximum: 9_007_199_255 });
const names = Type.Array(text);
const oneOrMore = Type.Union([text, names]);
const one = Type.Optional;
const rows = <Row extends TSchema>(row: Row) => Type.Array(row);
/** Data of an event of the contract: its own validator looks at it. */
const data = Type.Record(Type.String(), Type.Unknown());
const byName = Type.Record(Type.String(), data);

const OrderName = Type.Union([text, closed({ order: text, plan: one(text) })]);
const FirmName = Type.Union([
  text,
  closed({ order: text, plan: one(text), chain: one(Type.Boolean()) }),
]);

export const ScenarioCount = closed({
  item: Id,
  quantity: number,
  dimensions: one(DimensionValues),
});

const change = {
  upsert: one(data),
  remove: one(text),
  onHand: one(ScenarioCount),
  item: one(byName),
  bom: one(data),
  approve: one(OrderName),
  unapprove: one(OrderName),
  delete: one(OrderName),
  firm: one(FirmName),
  create: one(data),
  edit: one(data),
  mark: one(closed({ issue: text, receipt: text, quantity: number })),
  schedule: one(closed({ order: text, finiteMaterial: one(Type.Boolean()) })),
  autoReserve: one(data),
};

export const ScenarioChange = closed(change, { minProperties: 1, maxProperties: 1 });
export type ScenarioChange = Static<typeof ScenarioChange>;

export const ScenarioPromise = closed({
  id: text,
  item: Id,
  quantity: number,
  date: Day,
  method: choice(['ctp', 'atp', 'atpIssueMargin']),
  dimensions: one(DimensionValues),
  plan: one(text),
});
export type ScenarioPromise = Static<typeof ScenarioPromise>;

const order = closed({
  ref: one(text),
  item: one(text),
  type: one(choice(['purchase', 'production', 'transfer', 'kanban'])),
  quantity: one(number),
  requirementDate: one(Day),
  orderDate: one(Day),
  startDate: one(Day),
  deliveryDate: one(Day),
  dimensions: one(DimensionValues),
  priority: one(number),
  status: one(choice(['planned', 'approved'])),
});

const action = closed({
  order: text,
  item: one(text),
  action: choice(['advance', 'postpone', 'increase', 'decrease', 'cancel']),
  date: one(Day),
  quantity: one(number),
});

const transaction = closed({
  id: text,
  absent: one(Type.Boolean()),
  item: one(text),
  direction: one(choice(['issue', 'receipt'])),
  type: one(text),
  order: one(text),
  dimensions: one(DimensionValues),
  confirmedDate: one(Day),
  hold: one(Type.Boolean()),
  quantity: one(number),
  date: one(Day),
  status: one(text),
  reference: one(Type.Union([text, Type.Null()])),
});

const profileRow = closed({
  id: text,
  quantity: one(number),
  date: one(Day),
  uncovered: one(number),
  free: one(number),
});

const table = <Row extends TSchema>(row: Row) => closed({ of: oneOrMore, are: rows(row) });

export const ScenarioExpectation = closed({
  plan: one(text),
  plannedOrders: one(closed({ of: one(oneOrMore), are: rows(order) })),
  coverage: one(table(closed({ demand: text, supply: text, quantity: one(number) }))),
  uncovered: one(closed({ of: oneOrMore, quantity: number })),
  actions: one(table(action)),
  delays: one(
    table(
      closed({ requirement: text, item: one(text), date: one(Day), days: one(Type.Integer()) }),
    ),
  ),
  onHandProjection: one(
    closed({
      of: text,
      dimensions: one(DimensionValues),
      at: rows(closed({ date: Day, quantity: number })),
    }),
  ),
  journal: one(closed({ of: oneOrMore, pending: Type.Integer() })),
  promise: one(Type.Record(Type.String(), closed({ date: Day }))),
  levels: one(
    rows(closed({ item: text, dimensions: one(DimensionValues), level: Type.Integer() })),
  ),
  error: one(closed({ code: text, mentions: one(names) })),
  transactions: one(rows(transaction)),
  markings: one(table(closed({ issue: text, receipt: text, quantity: one(number) }))),
  onHand: one(rows(ScenarioCount)),
  profile: one(closed({ of: text, dimensions: one(DimensionValues), rows: rows(profileRow) })),
  explosion: one(Type.Record(Type.String(), names)),
  dependents: one(Type.Record(Type.String(), names)),
  shortages: one(table(closed({ item: text, quantity: one(number) }))),
});
export type ScenarioExpectation = Static<typeof ScenarioExpectation>;

export const ScenarioStep = closed(
  {
    run: one(RunRequestData),
    change: one(rows(ScenarioChange)),
    today: one(Day),
    copyPlan: one(closed({ from: text, to: text })),
    setCurrent: one(closed({ dynamic: text })),
    promise: one(ScenarioPromise),
    expect: one(ScenarioExpectation),
  },
  { minProperties: 1, maxProperties: 1 },
);
export type ScenarioStep = Static<typeof ScenarioStep>;

export const ScenarioData = closed({
  id: text,
  title: text,
  source: one(Type.String()),
  basis: one(choice(['published', 'derived'])),
  arithmetic: one(Type.String()),
  today: Day,
  calendars: one(byName),
  plans: one(byName),
  coverageGroups: one(byName),
  items: one(byName),
  boms: one(rows(data)),
  onHand: one(rows(ScenarioCount)),
  transactions: one(rows(data)),
  steps: one(rows(ScenarioStep)),
});
export type ScenarioData = Static<typeof ScenarioData>;
