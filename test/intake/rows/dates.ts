import {
  badDate,
  bom,
  calendar,
  counted,
  each,
  event,
  item,
  sale,
  warned,
  type BadInput,
} from '../bad-input.js';

const noDates = [
  '2025-02-30',
  '2025-02-29',
  '2025-13-01',
  '0000-01-01',
  '1969-12-31',
  '2200-01-01',
  '9999-12-31',
  '2025',
  '2025-W53',
  '20250101',
  '+275760-09-13',
  ' 2025-01-01',
  '',
];

const timesOfDay = ['2026-03-20T00:00:00Z', '2026-03-20T00:00:00', '2026-03-20 00:00'];

/** Moments without an offset, and moments that no clock shows. */
const noMoments = [
  '2026-03-29T02:30:00',
  '2026-03-01',
  '2026-03-01T24:00:00Z',
  '2026-03-01T10:60:00Z',
  '2026-03-01T10:00:00+24:00',
  '2026-02-30T10:00:00Z',
  '1969-12-31T23:59:59Z',
];

const sevenYears = '2033-03-02T12:00:00Z';
const twentyYears = '2046-03-02T12:00:00Z';
const twoDays = '2026-03-04T12:00:00Z';

export const dateRows: readonly BadInput[] = [
  ...each(
    'B-41',
    badDate('data/date'),
    noDates.map((date) => [`the date "${date}"`, sale({ date })]),
  ),
  ...each('B-41', badDate('data/date'), [['a date as a number', sale({ date: 20_260_320 })]]),
  ...each('B-41', badDate('data/holidays/0'), [
    ['a holiday that does not exist', calendar({ holidays: ['2026-02-29'] })],
  ]),
  ...each('B-41', badDate('data/day'), [
    ['a day of the company that does not exist', event('day.changed.v1', { day: '2026-02-29' })],
  ]),
  ...each('B-41', badDate('data/validTo', 'DATE_ORDER'), [
    [
      'a BOM that ends before it begins',
      bom('FG', ['FG'], { validFrom: '2026-04-01', validTo: '2026-03-31' }),
    ],
  ]),
  ...each('B-41', 'accepted', [
    ['the first day there is', sale({ date: '1970-01-01' })],
    ['the last day there is', sale({ date: '2199-12-31' })],
    ['a leap day', sale({ date: '2028-02-29' })],
  ]),
  ...each(
    'B-42',
    badDate('data/date'),
    timesOfDay.map((date) => [`"${date}" for a date`, sale({ date })]),
  ),
  {
    row: 'B-43',
    what: 'a due date in the past is planned, and the plan says how late it will be',
    send: [sale({ date: '2026-02-20' })],
    told: ['accepted'],
    then: async (company) => {
      expect(await company.orders('FG')).toHaveLength(1);
      expect(await company.delays('FG')).toEqual(['SO-1 12 days']);
    },
  },
  {
    row: 'B-44',
    what: 'a due date beyond the coverage fence is taken, and not planned (NE-5)',
    send: [sale({ date: '2026-06-11' }), sale({ id: 'SO-2', date: '2026-06-10' })],
    told: ['accepted', 'accepted'],
    then: async (company) => {
      expect(await company.orders('FG')).toEqual(['5 by 2026-06-10']);
      expect((await company.transaction('SO-1'))?.version).toBe(1);
    },
  },
  ...noMoments.map((time): BadInput => ({
    row: 'B-45',
    what: `the moment "${time}"`,
    send: [sale({}, { time }), counted({ asOf: time })],
    told: [
      expect.objectContaining({ refused: 'INVALID_DATE', field: 'time' }),
      expect.objectContaining({ refused: 'INVALID_DATE', field: 'data/asOf' }),
    ],
  })),
  ...each('B-45', 'accepted', [
    ['a local moment with its offset, on either side of a gap', sale({}, offset('+13:00'))],
    ['the day that Samoa left out is a day of the calendar', sale({ date: '2011-12-30' })],
  ]),
  {
    row: 'B-47',
    what: 'a source time two days ahead is told, and decides nothing',
    send: [
      sale({}, { time: twoDays }),
      sale({ quantity: '6' }, { version: 2 }),
      counted({ asOf: twoDays }),
      item('NEW', {}),
    ],
    told: [warned('CLOCK_SKEW', 'time'), 'accepted', warned('CLOCK_SKEW', 'data/asOf'), 'accepted'],
    then: async (company) => {
      expect((await company.transaction('SO-1'))?.version).toBe(2);
    },
  },
  ...each('B-47', warned('CLOCK_SKEW', 'time'), [
    ['a source time seven years ahead', sale({}, { time: sevenYears })],
  ]),
  ...each('B-47', badDate('time', 'DATE_CLOCK'), [
    ['a source time twenty years ahead', sale({}, { time: twentyYears })],
    ['master data of twenty years ahead', { ...item('NEW'), time: twentyYears }],
  ]),
  ...each('B-47', badDate('data/asOf', 'DATE_CLOCK'), [
    ['a count of twenty years ahead', counted({ asOf: twentyYears })],
  ]),
];

function offset(hours: string) {
  return { time: `2026-03-01T02:30:00${hours}` };
}
