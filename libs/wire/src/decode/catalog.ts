import type { Static, TSchema } from '@sinclair/typebox';
import type { ItemChange } from '@tidemark/journal';
import type { PlanningInput } from '@tidemark/planning';
import { eventSchema } from '../schema/envelope.js';
import {
  BillOfMaterialData,
  BillOfMaterialRemovedData,
  CalendarData,
  CoverageGroupData,
  ItemData,
} from '../schema/master-data.js';
import {
  CompanyData,
  CurrentPlansData,
  DayData,
  PlanData,
  PlanDeletedData,
} from '../schema/plans.js';
import { AdjustmentData, CountData, RemovalData, TransactionData } from '../schema/stock.js';
import { validatorOf, type Validator } from '../validator.js';
import type { EventHead } from './event-head.js';
import { readBillOfMaterial, readCalendar, readCoverageGroup, readItem } from './master-data.js';
import { readCompany, readPlan, type CompanySettings } from './plans.js';
import type { Reading } from './reading.js';
import { readAdjustment, readCount, readRemoval, readTransactionChange } from './stock.js';

/** The inputs that are facts of their own, not changes of an item's journal. */
export type PlanningFact = Exclude<PlanningInput, { kind: 'entry' } | { kind: 'decision' }>;

/** A fact that no plan is made from. */
export interface CompanyFact {
  readonly kind: 'company';
  readonly settings: CompanySettings;
}

export type Fact = PlanningFact | CompanyFact;

/** What an event of the contract says: a change of an item's journal, or a fact. */
export type EventContent =
  | { readonly kind: 'change'; readonly change: ItemChange }
  | { readonly kind: 'fact'; readonly fact: Fact };

/** The stream family that takes the events of a type. */
export type Destination = 'journal' | 'masterData' | 'days' | 'plans';

/** One event type of the public contract: its schema, its validator, its meaning, its stream. */
export interface EventKind {
  readonly schema: TSchema;
  readonly validator: Validator<TSchema>;
  readonly goesTo: Destination;
  /** What it tells, for the published documents. */
  readonly summary: string;
  /** Id of the thing that the data is about. */
  idOf(data: unknown): string;
  read(data: unknown, head: EventHead, reading: Reading): EventContent;
}

interface KindDefinition<Data extends TSchema> {
  readonly data: Data;
  readonly goesTo: Destination;
  readonly summary: string;
  idOf(data: Static<Data>): string;
  read(data: Static<Data>, head: EventHead, reading: Reading): EventContent;
}

/** `Data` is proved by the validator of the same definition before `idOf` or `read` is called. */
function kind<Data extends TSchema>(type: string, definition: KindDefinition<Data>): EventKind {
  const schema = eventSchema(type, definition.data);
  return {
    schema,
    validator: validatorOf<TSchema>(schema),
    goesTo: definition.goesTo,
    summary: definition.summary,
    idOf: (data) => definition.idOf(data as Static<Data>),
    read: (data, head, reading) => definition.read(data as Static<Data>, head, reading),
  };
}

const byId = ({ id }: { readonly id: string }): string => id;
const fact = (of: Fact): EventContent => ({ kind: 'fact', fact: of });
const change = (of: ItemChange): EventContent => ({ kind: 'change', change: of });

const definitions = {
  'inventory.transaction.changed.v1': define(TransactionData, {
    goesTo: 'journal',
    summary: 'An inventory transaction as it is now: its full image.',
    idOf: byId,
    read: (data, head, reading) => change(readTransactionChange(data, head, reading)),
  }),
  'inventory.transaction.removed.v1': define(RemovalData, {
    goesTo: 'journal',
    summary: 'An inventory transaction is gone.',
    idOf: byId,
    read: (data, head, reading) => change(readRemoval(data, head, reading)),
  }),
  'stock.counted.v1': define(CountData, {
    goesTo: 'journal',
    summary: 'Stock found on exactly these dimensions; the difference is posted.',
    idOf: byId,
    read: (data, head, reading) => change(readCount(data, head, reading)),
  }),
  'stock.adjusted.v1': define(AdjustmentData, {
    goesTo: 'journal',
    summary: 'A posted inventory journal: a difference to the stock.',
    idOf: byId,
    read: (data, head, reading) => change(readAdjustment(data, head, reading)),
  }),
  'item.changed.v1': define(ItemData, {
    goesTo: 'masterData',
    summary: 'An item as it is now, with its own coverage settings.',
    idOf: byId,
    read: (data, _, reading) => fact({ kind: 'item', item: readItem(data, reading) }),
  }),
  'coverageGroup.changed.v1': define(CoverageGroupData, {
    goesTo: 'masterData',
    summary: 'A coverage group as it is now.',
    idOf: byId,
    read: (data, _, reading) =>
      fact({ kind: 'coverageGroup', group: readCoverageGroup(data, reading) }),
  }),
  'calendar.changed.v1': define(CalendarData, {
    goesTo: 'masterData',
    summary: 'A calendar as it is now: its working days and holidays.',
    idOf: byId,
    read: (data, _, reading) => fact({ kind: 'calendar', calendar: readCalendar(data, reading) }),
  }),
  'bom.changed.v1': define(BillOfMaterialData, {
    goesTo: 'masterData',
    summary: 'A version of a bill of material as it is now.',
    idOf: byId,
    read: (data, _, reading) =>
      fact({ kind: 'billOfMaterial', bom: readBillOfMaterial(data, reading) }),
  }),
  'bom.removed.v1': define(BillOfMaterialRemovedData, {
    goesTo: 'masterData',
    summary: 'A version of a bill of material is gone.',
    idOf: byId,
    read: ({ id }) => fact({ kind: 'billOfMaterialRemoved', id }),
  }),
  'day.changed.v1': define(DayData, {
    goesTo: 'days',
    summary: 'The day of the company has changed.',
    idOf: () => 'day',
    read: ({ day }, _, reading) => fact({ kind: 'day', day: reading.day(day, 'data/day') }),
  }),
  'company.changed.v1': define(CompanyData, {
    goesTo: 'days',
    summary: 'The time zone in which the days of the company begin.',
    idOf: () => 'company',
    read: (data, _, reading) => fact({ kind: 'company', settings: readCompany(data, reading) }),
  }),
  'plan.defined.v1': define(PlanData, {
    goesTo: 'plans',
    summary: 'A plan as an administrator defines it.',
    idOf: byId,
    read: (data, _, reading) => fact({ kind: 'planDefined', plan: readPlan(data, reading) }),
  }),
  'plan.deleted.v1': define(PlanDeletedData, {
    goesTo: 'plans',
    summary: 'A plan is gone, with its orders, coverage and messages.',
    idOf: ({ plan }) => plan,
    read: ({ plan }) => fact({ kind: 'planDeleted', plan }),
  }),
  'currentPlans.chosen.v1': define(CurrentPlansData, {
    goesTo: 'plans',
    summary: 'The plans that are meant when none is named.',
    idOf: () => 'currentPlans',
    read: (data) => fact({ kind: 'currentPlans', ...data }),
  }),
};

/** Lets the compiler tie a definition's functions to its schema. */
function define<Data extends TSchema>(
  data: Data,
  rest: Omit<KindDefinition<Data>, 'data'>,
): (type: string) => EventKind {
  return (type) => kind(type, { data, ...rest });
}

export type EventType = keyof typeof definitions;

/** Every event type that comes in. */
export const eventKinds: Readonly<Record<EventType, EventKind>> = Object.fromEntries(
  Object.entries(definitions).map(([type, make]) => [type, make(type)]),
) as Record<EventType, EventKind>;

export const eventTypes = Object.keys(definitions) as readonly EventType[];

const kindByType = new Map<string, EventKind>(Object.entries(eventKinds));

export function eventKindOf(type: string): EventKind | undefined {
  return kindByType.get(type);
}
