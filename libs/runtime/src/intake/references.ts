import { calendarKeys, type CoverageSettings, type Item } from '@tidemark/master-data';
import type { EventContent, Fact, MissingReference } from '@tidemark/wire';
import type { CompanyState } from './company-state.js';

/** The first thing that an event names and nobody has told of; undefined if all is known. */
export function missingReference(
  state: CompanyState,
  content: EventContent,
): MissingReference | undefined {
  const named =
    content.kind === 'change' ? [itemNamed(content.change.item)] : namedBy(content.fact);
  return named.find(({ kind, id }) => !state.known[kind].has(id));
}

export const missingCodes: Readonly<Record<MissingReference['kind'], string>> = {
  item: 'UNKNOWN_ITEM',
  coverageGroup: 'UNKNOWN_COVERAGE_GROUP',
  calendar: 'UNKNOWN_CALENDAR',
};

function namedBy(fact: Fact): MissingReference[] {
  switch (fact.kind) {
    case 'item':
      return namedByItem(fact.item);
    case 'billOfMaterial':
      return [itemNamed(fact.bom.item), ...fact.bom.lines.map(({ item }) => itemNamed(item))];
    case 'coverageGroup':
      return calendarsNamed(fact.group.settings);
    case 'calendar':
    case 'billOfMaterialRemoved':
    case 'company':
    case 'day':
    case 'planDefined':
    case 'planDeleted':
    case 'currentPlans':
      return [];
  }
}

function namedByItem(item: Item): MissingReference[] {
  const { coverageGroup, calendar, leadTimeCalendar } = item;
  const named: MissingReference[] = [];
  if (coverageGroup !== undefined) named.push({ kind: 'coverageGroup', id: coverageGroup });
  if (calendar !== undefined) named.push({ kind: 'calendar', id: calendar });
  if (leadTimeCalendar !== undefined) named.push({ kind: 'calendar', id: leadTimeCalendar });
  for (const { settings } of [{ settings: item.coverage }, ...item.coverageByDimension]) {
    named.push(...calendarsNamed(settings));
  }
  return named;
}

function calendarsNamed(settings: CoverageSettings): MissingReference[] {
  return calendarKeys.flatMap((key): MissingReference[] => {
    const id = settings[key];
    return id === undefined ? [] : [{ kind: 'calendar', id }];
  });
}

function itemNamed(id: string): MissingReference {
  return { kind: 'item', id };
}

/** What the arrival of a fact may let others wait no longer for. */
export function arrivedWith(fact: Fact): MissingReference | undefined {
  switch (fact.kind) {
    case 'item':
      return { kind: 'item', id: fact.item.id };
    case 'coverageGroup':
      return { kind: 'coverageGroup', id: fact.group.id };
    case 'calendar':
      return { kind: 'calendar', id: fact.calendar.id };
    case 'billOfMaterial':
    case 'billOfMaterialRemoved':
    case 'company':
    case 'day':
    case 'planDefined':
    case 'planDeleted':
    case 'currentPlans':
      return undefined;
  }
}
