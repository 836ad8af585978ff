import { planDayOf } from '@tidemark/kernel';
import type { CoverageSettings } from '@tidemark/master-data';
import type {
  ParameterFinding,
  ParameterRuleId,
  PlanDefinition,
  PlanningInput,
} from '@tidemark/planning';
import {
  bom,
  dynamic,
  group,
  item,
  minimum,
  pieces,
  planned,
  purchase,
  sales,
  today,
  transaction,
} from './worlds.js';

export interface RuleCase {
  readonly rule: ParameterRuleId;
  readonly what: string;
  readonly has: readonly PlanningInput[];
  readonly hasNot: readonly PlanningInput[];
  readonly plan?: Partial<PlanDefinition>;
  readonly planWithout?: Partial<PlanDefinition>;
  readonly subject: ParameterFinding['subject'];
  readonly proposal: RegExp;
}

const openMondays = { kind: 'calendar', calendar: { id: 'M', workingDays: ['mon'], holidays: [] } };
const everyWeekday = {
  kind: 'calendar',
  calendar: { id: 'M', workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: [] },
};
const refilled = (settings: CoverageSettings): PlanningInput =>
  item('A', {
    coverageDimensions: ['warehouse'],
    coverageByDimension: [{ for: { warehouse: 'W1' }, refillFrom: 'W0', settings }],
  });
const atW1 = transaction('A', { dimensions: { warehouse: 'W1' }, date: planDayOf(today + 20) });
const posted = transaction('A', { status: 'sold', date: planDayOf(today - 30) });
const long = Array.from({ length: 201 }, (_, day) => day % 90);

export const ruleCases: readonly RuleCase[] = [
  {
    rule: 'PC-1',
    what: 'fixed negative days shorter than the lead time',
    has: [planned('A', { negativeDays: 2 }), ...sales('A', 4), purchase('A', 7)],
    hasNot: [planned('A', { negativeDays: 6 }), ...sales('A', 4), purchase('A', 7)],
    subject: { kind: 'item', id: 'A' },
    proposal: /^negativeDays 6 /,
  },
  {
    rule: 'PC-2',
    what: 'negative days of a lead time while they are dynamic',
    has: [planned('A', { negativeDays: 6 }), ...sales('A', 4)],
    hasNot: [planned('A', { negativeDays: 2 }), ...sales('A', 4)],
    plan: dynamic,
    subject: { kind: 'item', id: 'A' },
    proposal: /^negativeDays [0-5]$/,
  },
  {
    rule: 'PC-3',
    what: 'positive days 0',
    has: [planned('A', { positiveDays: 0 }), ...sales('A', 9)],
    hasNot: [planned('A', { positiveDays: 6 }), ...sales('A', 9)],
    subject: { kind: 'item', id: 'A' },
    proposal: /^positiveDays 6$/,
  },
  {
    rule: 'PC-4',
    what: 'positive days shorter than the lead time of a regular item',
    has: [planned('A', { positiveDays: 3 }), ...sales('A', 8, 12, 20)],
    hasNot: [planned('A', { positiveDays: 3 }), ...sales('A', 8)],
    subject: { kind: 'item', id: 'A' },
    proposal: /^positiveDays 6$/,
  },
  {
    rule: 'PC-4',
    what: 'positive days far longer than the stock lasts',
    has: [planned('A', { positiveDays: 90 }), ...sales('A', 8, 12, 20)],
    hasNot: [planned('A', {}), ...sales('A', 8, 12, 20)],
    subject: { kind: 'item', id: 'A' },
    proposal: /^positiveDays 7$/,
  },
  {
    rule: 'PC-5',
    what: 'lead times far apart in one coverage group',
    has: [
      group('G', { positiveDays: 30 }),
      item('A', { coverageGroup: 'G', leadTime: 3 }),
      item('B', { coverageGroup: 'G', leadTime: 30 }),
      ...sales('A', 10),
      ...sales('B', 40),
    ],
    hasNot: [
      group('G', { positiveDays: 30 }),
      item('A', { coverageGroup: 'G', leadTime: 3 }),
      item('B', { coverageGroup: 'G', leadTime: 6 }),
      ...sales('A', 10),
      ...sales('B', 40),
    ],
    subject: { kind: 'group', id: 'G' },
    proposal: /3 days: A; 30 days: B/,
  },
  {
    rule: 'PC-6',
    what: 'a horizon far beyond the lead time of a bought item',
    has: [planned('A', { coverageFence: 90 }), ...sales('A', 80)],
    hasNot: [planned('A', { coverageFence: 12 }), ...sales('A', 8)],
    subject: { kind: 'item', id: 'A' },
    proposal: /^coverageFence 27 /,
  },
  {
    rule: 'PC-7',
    what: 'a horizon shorter than the lead time',
    has: [planned('A', { coverageFence: 4 }), ...sales('A', 3)],
    hasNot: [planned('A', { coverageFence: 6 }), ...sales('A', 3)],
    subject: { kind: 'item', id: 'A' },
    proposal: /^coverageFence 6$/,
  },
  {
    rule: 'PC-8',
    what: 'a minimum that is wanted today',
    has: [planned('A', { minimum, fulfilMinimum: 'today' }), ...sales('A', 9)],
    hasNot: [planned('A', { minimum, fulfilMinimum: 'todayPlusLeadTime' }), ...sales('A', 9)],
    subject: { kind: 'item', id: 'A' },
    proposal: /todayPlusLeadTime/,
  },
  {
    rule: 'PC-10',
    what: 'more orders of one item than anybody can look at',
    has: [planned('A', { positiveDays: 0 }), ...sales('A', ...long)],
    hasNot: [planned('A', { positiveDays: 0 }), ...sales('A', ...long.slice(1))],
    subject: { kind: 'item', id: 'A' },
    proposal: /^code period with periodDays 7,/,
  },
  {
    rule: 'PC-11',
    what: 'negative days of a refill',
    has: [refilled({ negativeDays: 2, positiveDays: 30 }), atW1],
    hasNot: [refilled({ negativeDays: 0, positiveDays: 0 }), atW1],
    subject: { kind: 'item', id: 'A', dimensions: { warehouse: 'W1' } },
    proposal: /^negativeDays 0, positiveDays 0$/,
  },
  {
    rule: 'PC-12',
    what: 'a finished item that may wait longer than its customers',
    has: [planned('A', { negativeDays: 5 }), ...sales('A', 1, 2, 2)],
    hasNot: [planned('A', { negativeDays: 2 }), ...sales('A', 1, 2, 2)],
    subject: { kind: 'item', id: 'A' },
    proposal: /^negativeDays 2 /,
  },
  {
    rule: 'PC-13',
    what: 'negative days that add up over the levels',
    has: [
      planned('A', { negativeDays: 6 }),
      planned('B', { negativeDays: 6 }),
      bom('A', ['B']),
      ...sales('A', 3, 4, 5),
    ],
    hasNot: [
      planned('A', { negativeDays: 6 }),
      planned('B', { negativeDays: 2 }),
      bom('A', ['B']),
      ...sales('A', 3, 4, 5),
    ],
    subject: { kind: 'item', id: 'A' },
    proposal: /negativeDays of B 2$/,
  },
  {
    rule: 'PC-14',
    what: 'a minimum on an item that is planned by hand',
    has: [planned('A', { code: 'manual', minimum }), ...sales('A', 3)],
    hasNot: [planned('A', { code: 'manual' }), ...sales('A', 3)],
    subject: { kind: 'item', id: 'A' },
    proposal: /^no minimum, or another coverage code$/,
  },
  {
    rule: 'PC-14',
    what: 'a maximum that does not last through the lead time',
    has: [
      planned('A', { code: 'minMax', minimum, maximum: pieces(6) }, { leadTime: 28 }),
      ...sales('A', 5, 10, 20),
    ],
    hasNot: [
      planned('A', { code: 'minMax', minimum, maximum: pieces(8) }, { leadTime: 28 }),
      ...sales('A', 5, 10, 20),
    ],
    subject: { kind: 'item', id: 'A' },
    proposal: /^maximum 8$/,
  },
  {
    rule: 'PC-14',
    what: 'safety stock of an item that nobody has needed for a year',
    has: [planned('A', { minimum })],
    hasNot: [planned('A', { minimum }), posted],
    subject: { kind: 'item', id: 'A' },
    proposal: /^no minimum$/,
  },
  {
    rule: 'PC-15',
    what: 'firming from a plan that looks farther than every group',
    has: [planned('A', { coverageFence: 30 }), ...sales('A', 3)],
    hasNot: [planned('A', { coverageFence: 30 }), ...sales('A', 3)],
    plan: { overrides: { coverageFence: 365 } },
    planWithout: { overrides: { coverageFence: 20 } },
    subject: { kind: 'plan', id: 'P' },
    proposal: /^firmingAllowed false$/,
  },
  {
    rule: 'PC-16',
    what: 'a variant made of the same item without the dimension that differs',
    has: [
      item('A', { productDimensions: ['color'] }),
      bom('A', ['A'], { dimensions: { color: 'green' } }),
    ],
    hasNot: [item('A'), item('B'), bom('A', ['B'])],
    subject: { kind: 'item', id: 'A' },
    proposal: /^a color on its line that is not green \(the effect is that of not green\)$/,
  },
  {
    rule: 'PC-16',
    what: 'items on a circle',
    has: [item('A'), item('B'), bom('A', ['B']), bom('B', ['A'])],
    hasNot: [item('A'), item('B'), bom('A', ['B'])],
    subject: { kind: 'item', id: 'A' },
    proposal: /taking out line 1 \(A\) of BOM-B\.$/,
  },
  {
    rule: 'PC-16',
    what: 'two versions with equal keys',
    has: [item('A'), item('B'), bom('A', ['B']), bom('A', ['B'], { id: 'OTHER' })],
    hasNot: [
      item('A'),
      item('B'),
      bom('A', ['B']),
      bom('A', ['B'], { id: 'OTHER', fromQuantity: pieces(9) }),
    ],
    subject: { kind: 'item', id: 'A' },
    proposal: /ending BOM-A before OTHER begins\.$/,
  },
  {
    rule: 'PC-17',
    what: 'a bought item without lead time',
    has: [item('A', { leadTime: 0 }), item('B'), ...sales('A', 3), ...sales('B', 3)],
    hasNot: [item('A'), ...sales('A', 3)],
    subject: { kind: 'item', id: 'A' },
    proposal: /^the real lead time \(the effect is that of 6 days/,
  },
  {
    rule: 'PC-17',
    what: 'a lead time in the open days of a calendar that is hardly ever open',
    has: [openMondays as PlanningInput, item('A', { leadTimeCalendar: 'M' }), ...sales('A', 3)],
    hasNot: [everyWeekday as PlanningInput, item('A', { leadTimeCalendar: 'M' }), ...sales('A', 3)],
    subject: { kind: 'item', id: 'A' },
    proposal: /^lead time 6 in calendar days/,
  },
];
