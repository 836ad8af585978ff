import {
  badId,
  bom,
  calendar,
  counted,
  covered,
  each,
  event,
  item,
  parked,
  refused,
  removed,
  sale,
  type BadInput,
} from '../bad-input.js';
import type { IntakeCompany } from '../intake-company.js';

const nothingWaits = async (company: IntakeCompany): Promise<void> => {
  expect(await company.parked()).toEqual([]);
};

const hiddenIds: readonly (readonly [string, string])[] = [
  ['empty', ''],
  ['40 blanks', ' '.repeat(40)],
  ['only wide blanks', '\u2003\u3000\u00a0'],
  ['a NUL', 'A\u0000B'],
  ['a line break', 'A\nB'],
  ['a line separator', 'A\u2028B'],
  ['half of a surrogate pair', 'A\ud800'],
  ['the other half first', '\udc00\ud800'],
  ['a turn of direction', 'A\u202eB'],
  ['an Arabic letter mark', 'A\u061cB'],
  ['no width', 'A\u200bB'],
  ['a byte order mark', '\ufeffA'],
  ['129 characters', 'A'.repeat(129)],
  ['a million characters that end in a NUL', `${'A'.repeat(1_000_000)}\u0000`],
];

const strangeIds = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '$all',
  '$$meta',
  '../../x',
  '..',
  'a-b',
  'a/b',
  'a%2Fb',
  'a|b',
  ' padded ',
  '😀',
  'A'.repeat(128),
];

const markup = ["'; DROP TABLE items; --", '<script>alert(1)</script>', '=1+1', '%s %n ${x}'];

/** An item of that name is planned like any other, and is told from its likes. */
function plannedUnder(row: BadInput['row'], id: string): BadInput {
  return {
    row,
    what: `an item called ${JSON.stringify(id).slice(0, 40)} is one like others`,
    send: [
      item(id, { orderType: 'purchase', leadTime: 1 }),
      sale({ id, item: id }),
      sale({ id, item: id }),
      counted({ id, item: id, quantity: '2' }),
    ],
    told: ['accepted', 'accepted', 'repeated', 'accepted'],
    then: async (company) => {
      expect(await company.orders(id)).toEqual(['3 by 2026-03-20']);
      expect(await company.orders('FG')).toEqual([]);
      expect((await company.transaction(id))?.item).toBe(id);
    },
  };
}

export const nameRows: readonly BadInput[] = [
  {
    row: 'B-20',
    what: 'an unknown item: waits, is listed once, and is taken up when the item arrives',
    send: [
      sale({ item: 'NEW' }),
      sale({ item: 'NEW' }),
      sale({ item: 'NEW' }, { time: '2026-03-01T08:00:00Z' }),
      sale({ item: 'NEW', quantity: '6' }),
    ],
    told: [parked('UNKNOWN_ITEM', 'NEW'), 'repeated', 'repeated', refused('ID_REUSE', 'version')],
    then: async (company) => {
      expect(await company.parked()).toMatchObject([{ code: 'UNKNOWN_ITEM', subject: 'SO-1' }]);
      await company.give([item('NEW', { orderType: 'purchase' })]);
      await nothingWaits(company);
      expect(await company.orders('NEW')).toEqual(['5 by 2026-03-20']);
      expect(await company.send(sale({ item: 'NEW' }))).toBe('repeated');
    },
  },
  {
    row: 'B-20',
    what: 'versions that wait are taken up so that the highest counts',
    send: [
      sale({ item: 'NEW', quantity: '8' }, { version: 2 }),
      sale({ item: 'NEW' }),
      removed({ id: 'SO-2', item: 'NEW' }, { version: 2 }),
      sale({ id: 'SO-2', item: 'NEW' }),
      counted({ item: 'NEW', quantity: '3' }),
    ],
    told: Array.from({ length: 5 }, () => parked('UNKNOWN_ITEM', 'NEW')),
    then: async (company) => {
      await company.give([item('NEW', { orderType: 'purchase' })]);
      await nothingWaits(company);
      expect(await company.orders('NEW')).toEqual(['5 by 2026-03-20']);
      expect(await company.stock('NEW')).toBe('3');
    },
  },
  {
    row: 'B-20',
    what: 'master data waits for what it names, one after the other',
    send: [
      bom('TOP', ['PART']),
      item('TOP', { coverageGroup: 'G', calendar: 'CAL' }),
      sale({ item: 'TOP' }),
      item('PART', { leadTimeCalendar: 'CAL', orderType: 'purchase' }),
      event('coverageGroup.changed.v1', { id: 'G', settings: { code: 'requirement' } }),
    ],
    told: [
      parked('UNKNOWN_ITEM', 'TOP'),
      parked('UNKNOWN_COVERAGE_GROUP', 'G'),
      parked('UNKNOWN_ITEM', 'TOP'),
      parked('UNKNOWN_CALENDAR', 'CAL'),
      'accepted',
    ],
    then: async (company) => {
      expect(await company.parked()).toHaveLength(4);
      await company.give([calendar({})]);
      await nothingWaits(company);
      expect(await company.orders('TOP')).toEqual(['5 by 2026-03-20']);
      expect(await company.orders('PART')).toEqual(['5 by 2026-03-20']);
    },
  },
  {
    row: 'B-20',
    what: 'a plan that is named and not there is refused: what names it can be sent again',
    send: [event('plan.deleted.v1', { plan: 'ghost' })],
    told: [refused('UNKNOWN_PLAN', 'data')],
  },
  ...hiddenIds.map(([what, id]): BadInput => ({
    row: 'B-25',
    what: `an id with ${what}`,
    send: [item(id), sale({ item: id }), sale({ id }), sale({}, { source: id })],
    told: [badId('data/id'), badId('data/item'), badId('data/id'), badId('source')],
  })),
  ...each('B-25', badId('data/dimensions/site'), [
    ['a dimension with a hidden character', sale({ dimensions: { site: 'S\u200b1' } })],
  ]),
  ...strangeIds.map((id) => plannedUnder('B-26', id)),
  {
    row: 'B-27',
    what: 'ids that differ in case or in Unicode form are different ids (DESIGN 5)',
    given: [item('É'), item('E\u0301'), item('é')],
    send: [sale({ item: 'É' }), sale({ id: 'so-1', item: 'E\u0301', quantity: '6' })],
    told: ['accepted', 'accepted'],
    then: async (company) => {
      expect(await company.orders('É')).toEqual(['5 by 2026-03-20']);
      expect(await company.orders('E\u0301')).toEqual(['6 by 2026-03-20']);
      expect(await company.orders('é')).toEqual([]);
    },
  },
  ...markup.map((id) => plannedUnder('B-28', id)),
  ...each('B-29', refused('UNKNOWN_PROPERTY', 'data/isAdmin'), [
    ['a key more in the data', sale({ isAdmin: true })],
  ]),
  ...each('B-29', refused('UNKNOWN_PROPERTY', 'tenantId'), [
    ['a key more in the envelope', sale({}, { tenantId: 'other' })],
  ]),
  ...each('B-29', refused('UNKNOWN_PROPERTY', 'data/__proto__'), [
    ['a prototype', JSON.stringify(sale()).replace('"id"', '"__proto__":{"x":1},"id"')],
  ]),
  ...each('B-29', refused('UNKNOWN_PROPERTY', 'data/coverage/minimun'), [
    ['a key that is misspelt', covered('NEW', { minimun: '5' })],
  ]),
  {
    row: 'B-78',
    what: 'a dimension that the item is not planned by is kept, and planned over',
    send: [sale({ dimensions: { warehouse: 'W1' } }), counted({ dimensions: { site: 'S2' } })],
    told: ['accepted', 'accepted'],
    then: async (company) => {
      expect(await company.orders('FG')).toEqual([]);
      expect((await company.transaction('SO-1'))?.image?.dimensions).toEqual({ warehouse: 'W1' });
    },
  },
  {
    row: 'B-78',
    what: 'a dimension that is left out where the item is planned by it is a blank, planned apart',
    given: [item('KEPT', { coverageDimensions: ['warehouse'], orderType: 'purchase' })],
    send: [sale({ item: 'KEPT' }), counted({ item: 'KEPT', dimensions: { warehouse: 'W1' } })],
    told: ['accepted', 'accepted'],
    then: async (company) => expect(await company.orders('KEPT')).toEqual(['5 by 2026-03-20']),
  },
  ...each('B-78', refused('UNKNOWN_PROPERTY', 'data/dimensions/batch'), [
    ['a dimension that planning does not know', sale({ dimensions: { batch: 'B1' } })],
  ]),
];
