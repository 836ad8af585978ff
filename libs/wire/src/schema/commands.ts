import { Type, type Static } from '@sinclair/typebox';
import { transactionTypes } from '@tidemark/inventory';
import { choice, closed, Day, DimensionValues, Id, Quantity, rowsOf } from './primitives.js';
import { OrderTypeName } from './settings.js';

const plan = Type.Optional(Id);
const day = Type.Optional(Day);
const named = { order: Id, plan };

/** What a planner may ask for, by kind. */
export const commandSchemas = {
  approve: closed({ kind: Type.Literal('approve'), ...named }),
  unapprove: closed({ kind: Type.Literal('unapprove'), ...named }),
  delete: closed({ kind: Type.Literal('delete'), ...named }),
  firm: closed({ kind: Type.Literal('firm'), ...named, chain: Type.Optional(Type.Boolean()) }),
  create: closed({
    kind: Type.Literal('create'),
    id: Id,
    plan,
    item: Id,
    dimensions: Type.Optional(DimensionValues),
    quantity: Quantity,
    type: Type.Optional(OrderTypeName),
    requirementDate: day,
    deliveryDate: day,
    orderDate: day,
  }),
  edit: closed({
    kind: Type.Literal('edit'),
    ...named,
    quantity: Type.Optional(Quantity),
    requirementDate: day,
    deliveryDate: day,
    orderDate: day,
  }),
  mark: closed({ kind: Type.Literal('mark'), issue: Id, receipt: Id, quantity: Quantity }),
  confirmPromise: closed({ kind: Type.Literal('confirmPromise'), issue: Id, plan }),
  releasePromise: closed({ kind: Type.Literal('releasePromise'), issue: Id, plan }),
  schedule: closed({
    kind: Type.Literal('schedule'),
    order: Id,
    finiteMaterial: Type.Boolean(),
  }),
  autoReserve: closed({
    kind: Type.Literal('autoReserve'),
    types: Type.Optional(Type.Array(choice(transactionTypes), { maxItems: 20 })),
    items: Type.Optional(rowsOf(Id)),
    from: day,
    until: day,
  }),
};

export type CommandKind = keyof typeof commandSchemas;

/** A run as it is asked for. */
export const RunRequestData = closed({
  plan,
  mode: choice([
    'regeneration',
    'netChange',
    'netChangeMinimized',
    'explosion',
    'explosionRegeneration',
  ]),
  items: Type.Optional(rowsOf(Id)),
  of: Type.Optional(Id),
  scope: Type.Optional(choice(['full', 'item'])),
  options: Type.Optional(
    closed({
      currentExplosion: Type.Optional(Type.Boolean()),
      markingAndReservation: Type.Optional(Type.Boolean()),
      autoReservation: Type.Optional(Type.Boolean()),
    }),
  ),
});
export type RunRequestData = Static<typeof RunRequestData>;
