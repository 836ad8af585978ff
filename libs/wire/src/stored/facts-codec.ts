import { eventKinds, type EventType, type Fact } from '../decode/catalog.js';
import type { EventHead } from '../decode/event-head.js';
import { Reading } from '../decode/reading.js';
import { instantText, storedTime } from './images.js';

/** Stored types of facts, by the kind of input they are. */
export const factTypes = {
  calendar: 'CalendarChanged',
  coverageGroup: 'CoverageGroupChanged',
  item: 'ItemChanged',
  billOfMaterial: 'BillOfMaterialChanged',
  billOfMaterialRemoved: 'BillOfMaterialRemoved',
  company: 'CompanyChanged',
  day: 'DayChanged',
  planDefined: 'PlanDefined',
  planDeleted: 'PlanDeleted',
  currentPlans: 'CurrentPlansChosen',
} as const satisfies Readonly<Record<Fact['kind'], string>>;

export type FactType = (typeof factTypes)[Fact['kind']];

/** The event of the public contract whose data a stored fact holds. */
const eventTypeOf: Readonly<Record<FactType, EventType>> = {
  CalendarChanged: 'calendar.changed.v1',
  CoverageGroupChanged: 'coverageGroup.changed.v1',
  ItemChanged: 'item.changed.v1',
  BillOfMaterialChanged: 'bom.changed.v1',
  BillOfMaterialRemoved: 'bom.removed.v1',
  CompanyChanged: 'company.changed.v1',
  DayChanged: 'day.changed.v1',
  PlanDefined: 'plan.defined.v1',
  PlanDeleted: 'plan.deleted.v1',
  CurrentPlansChosen: 'currentPlans.chosen.v1',
};

/** Data of a stored fact: where it came from, and the data as its source sent it. */
export interface StoredFact {
  readonly company: string;
  readonly cause: {
    readonly source: string;
    readonly id: string;
    readonly version: number;
    readonly time?: string;
  };
  readonly value: unknown;
}

export function encodeFact(head: EventHead, value: unknown): StoredFact {
  const { company, source, id, version, time } = head;
  const cause = { source, id, version };
  return {
    company,
    cause: time === undefined ? cause : { ...cause, time: instantText(time) },
    value,
  };
}

export interface DecodedFact {
  readonly head: EventHead;
  readonly fact: Fact;
}

/** @throws RangeError if what is stored is not what the contract takes. */
export function decodeFact(type: FactType, data: StoredFact): DecodedFact {
  const eventType = eventTypeOf[type];
  const { source, id, version, time } = data.cause;
  const head: EventHead = {
    type: eventType,
    company: data.company,
    source,
    id,
    version,
    schemaVersion: 1,
    ...(time === undefined ? {} : { time: storedTime(time) }),
  };
  const reading = new Reading();
  const content = eventKinds[eventType].read(data.value, head, reading);
  if (reading.failure !== undefined) throw new RangeError(reading.failure.message);
  if (content.kind !== 'fact') throw new RangeError(`${eventType} is no fact.`);
  return { head, fact: content.fact };
}
