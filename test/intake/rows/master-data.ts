import { formatQuantity } from '@tidemark/kernel';
import {
  badQuantity,
  bom,
  calendar,
  covered,
  each,
  event,
  item,
  refused,
  sale,
  warned,
  type BadInput,
} from '../bad-input.js';
import type { IntakeCompany, Json } from '../intake-company.js';

const bought = (id: string): Json => item(id, { orderType: 'purchase' });
const circle = (...names: string[]): string => `CIRCULAR_BOM: ${names.join(' ')}`;
const rule = (code: string, key: string) => refused(code, `data/coverage/${key}`);
const variant = (id: string): Json => item(id, { productDimensions: ['color'] });
const green = { dimensions: { color: 'green' } };
const white = { item: 'V', dimensions: { color: 'white' } };

/** 24 levels of two items that each need both of the next level. */
const diamond = Array.from({ length: 23 }, (_, level) => {
  const next = [`L${level + 1}-a`, `L${level + 1}-b`];
  return [bom(`L${level}-a`, next), bom(`L${level}-b`, next)];
}).flat();

// By period: the demands of one day share an order. By requirement each has its own, 2^22 here.
const diamondItems = Array.from({ length: 24 }, (_, level) => [
  covered(`L${level}-a`, { code: 'period', periodDays: 1 }),
  covered(`L${level}-b`, { code: 'period', periodDays: 1 }),
]).flat();

async function diamondIsPlanned(company: IntakeCompany): Promise<void> {
  const [revision] = (await company.plan()).slice(-1);
  expect(revision?.counters.nodesVisited).toBeLessThanOrEqual(diamondItems.length);
  expect(await company.orders('L23-b')).toEqual([
    `${formatQuantity(2 ** 22 * 1_000_000)} by 2026-03-20`,
  ]);
}

export const masterDataRows: readonly BadInput[] = [
  {
    row: 'B-31',
    what: 'a BOM whose item needs itself is loaded; the item is not planned, others are',
    given: [item('A'), bought('B')],
    send: [bom('A', ['A', 'B']), sale({ item: 'A' }), sale({ id: 'SO-2', item: 'B' })],
    told: ['accepted', 'accepted', 'accepted'],
    then: async (company) => {
      expect(await company.findings()).toEqual([circle('A')]);
      expect(await company.orders('A')).toEqual([]);
      expect(await company.orders('B')).toEqual(['5 by 2026-03-20']);
    },
  },
  {
    row: 'B-32',
    what: 'a circle over three BOMs, told from the third on and gone when a line is',
    given: [item('A'), item('B'), item('C')],
    send: [bom('B', ['C']), bom('A', ['B']), sale({ item: 'A' })],
    told: ['accepted', 'accepted', 'accepted'],
    then: async (company) => {
      expect(await company.findings()).toEqual([]);
      expect(await company.orders('C')).toEqual(['5 by 2026-03-20']);
      await company.give([bom('C', ['A'])]);
      expect(await company.findings()).toEqual([circle('A', 'B', 'C')]);
      expect(await company.orders('C')).toEqual([]);
      await company.give([event('bom.removed.v1', { id: 'BOM-C' }, { version: 2 })]);
      expect(await company.findings()).toEqual([]);
      expect(await company.orders('C')).toEqual(['5 by 2026-03-20']);
    },
  },
  {
    row: 'B-33',
    what: 'a variant made of another variant of the same item',
    given: [variant('V')],
    send: [bom('V', [white], green), sale({ item: 'V', ...green })],
    told: ['accepted', 'accepted'],
    then: async (company) => {
      expect(await company.findings()).toEqual([]);
      expect(await company.orders('V')).toEqual(['5 by 2026-03-20', '5 by 2026-03-20']);
    },
  },
  {
    row: 'B-34',
    what: 'a variant made of any variant: blank is no value (LV-2)',
    given: [variant('V')],
    send: [bom('V', ['V'], green), sale({ item: 'V', ...green })],
    told: ['accepted', 'accepted'],
    then: async (company) => {
      expect(await company.findings()).toEqual([circle('V')]);
      expect(await company.orders('V')).toEqual([]);
    },
  },
  {
    row: 'B-34',
    what: 'any variant made of one of its own',
    given: [variant('V')],
    send: [bom('V', [white])],
    told: ['accepted'],
    then: async (company) => expect(await company.findings()).toEqual([circle('V')]),
  },
  {
    row: 'B-35',
    what: 'a circle through a version that ended before today does not count',
    given: [item('A'), item('B'), bom('A', ['B'])],
    send: [bom('B', ['A'], { validTo: '2026-03-01' })],
    told: ['accepted'],
    then: async (company) => expect(await company.findings()).toEqual([]),
  },
  {
    row: 'B-35',
    what: 'one through versions of different times does while none has ended (LV-1)',
    given: [item('A'), item('B'), bom('A', ['B'], { validTo: '2026-06-30' })],
    send: [bom('B', ['A'], { validFrom: '2026-07-01' })],
    told: ['accepted'],
    then: async (company) => expect(await company.findings()).toEqual([circle('A', 'B')]),
  },
  {
    row: 'B-36',
    what: 'a diamond of 24 levels costs each item once',
    given: [...diamondItems, ...diamond],
    send: [sale({ item: 'L0-a', quantity: '1' })],
    told: ['accepted'],
    then: diamondIsPlanned,
  },
  {
    row: 'B-36',
    what: 'a BOM of 10,000 lines',
    given: [covered('X', { code: 'period', periodDays: 1, orderType: 'purchase' })],
    send: [
      item('FG', { orderType: 'production' }, 2),
      bom('FG', Array(10_000).fill('X')),
      bom('X', Array(10_001).fill('FG')),
      sale({ quantity: '1' }),
    ],
    told: ['accepted', 'accepted', refused('INVALID_VALUE', 'data/lines'), 'accepted'],
    then: async (company) => {
      expect(await company.orders('X')).toEqual(['10000 by 2026-03-20']);
      const [published] = (await company.published()).slice(-1);
      expect(published?.nodes).toEqual(company.revisions.at(-1)?.nodes);
    },
  },
  {
    row: 'B-36',
    what: 'a BOM 70 levels deep is planned over any depth',
    given: [
      ...Array.from({ length: 71 }, (_, level) => item(`D${level}`)),
      ...Array.from({ length: 70 }, (_, level) => bom(`D${level}`, [`D${level + 1}`])),
    ],
    send: [sale({ item: 'D0' })],
    told: ['accepted'],
    then: async (company) => expect(await company.orders('D70')).toEqual(['5 by 2026-03-20']),
  },
  {
    row: 'B-37',
    what: 'a BOM that is in use is taken away: its orders stay unexploded (BM-1)',
    given: [item('A'), bought('B'), bom('A', ['B']), sale({ item: 'A' })],
    send: [event('bom.removed.v1', { id: 'BOM-A' }, { version: 2 })],
    told: ['accepted'],
    then: async (company) => {
      expect(await company.orders('A')).toEqual(['5 by 2026-03-20']);
      expect(await company.orders('B')).toEqual([]);
    },
  },
  ...each('B-37', refused('UNKNOWN_TYPE', 'type'), [
    ['an item that is deleted: items have no end', event('item.removed.v1', { id: 'FG' })],
    ['a calendar that is deleted', event('calendar.removed.v1', { id: 'CAL' })],
  ]),
  ...each('B-38', badQuantity('QTY_ZERO', 'data/lines/0/quantity'), [
    ['a BOM line of nothing', bom('FG', [{ item: 'FG', quantity: '0' }])],
  ]),
  ...each('B-38', badQuantity('QTY_SIGN', 'data/lines/0/quantity'), [
    ['a negative BOM line', bom('FG', [{ item: 'FG', quantity: '-1' }])],
  ]),
  ...each('B-38', badQuantity('SCRAP_PERCENT', 'data/lines/0/scrapPercent'), [
    ['scrap of 100 %', bom('FG', [{ item: 'FG', scrapPercent: '100' }])],
  ]),
  ...each('B-38', badQuantity('QTY_ZERO', 'data/perSeries'), [
    ['a BOM for a series of nothing', bom('FG', ['FG'], { perSeries: '0' })],
  ]),
  ...each('B-39', refused('OUT_OF_RANGE', 'data/leadTime'), [
    ['a lead time of -1 day', item('NEW', { leadTime: -1 })],
    ['a lead time of 10,000 days', item('NEW', { leadTime: 10_000 })],
    ['a lead time of a day and a half', item('NEW', { leadTime: 1.5 })],
    ['a lead time as text', item('NEW', { leadTime: '3' })],
  ]),
  ...each('B-40', rule('MINIMUM_ABOVE_MAXIMUM', 'maximum'), [
    ['a minimum above the maximum', covered('NEW', { minimum: '10', maximum: '9' })],
  ]),
  ...each('B-40', rule('MINIMUM_ABOVE_MAXIMUM', 'orderMaximum'), [
    ['a lot minimum above its maximum', covered('NEW', { orderMinimum: '9', orderMaximum: '8' })],
  ]),
  ...each('B-40', rule('MULTIPLE_ZERO', 'orderMultiple'), [
    ['a lot multiple of 0', covered('NEW', { orderMultiple: '0' })],
  ]),
  ...each('B-40', rule('OUT_OF_RANGE', 'periodDays'), [
    ['a period of 0 days', covered('NEW', { code: 'period', periodDays: 0 })],
  ]),
  ...each('B-40', warned('POSITIVE_DAYS_ZERO', 'data/coverage/positiveDays'), [
    ['positive days 0 are a value', covered('NEW', { positiveDays: 0 })],
  ]),
  {
    row: 'B-46',
    what: 'a calendar without a working day is told, and planning comes to an end',
    send: [
      calendar({ workingDays: [] }),
      item('SHUT', {
        calendar: 'CAL',
        leadTimeCalendar: 'CAL',
        leadTime: 5,
        orderType: 'purchase',
      }),
      sale({ item: 'SHUT' }),
    ],
    told: [warned('NO_CAPACITY_DAYS', 'data/workingDays'), 'accepted', 'accepted'],
    then: async (company) => expect(await company.orders('SHUT')).toEqual(['5 by 2026-03-20']),
  },
  ...each('B-46', refused('INVALID_VALUE', 'data/holidays'), [
    ['a holiday given twice', calendar({ holidays: ['2026-05-01', '2026-05-01'] })],
  ]),
];
