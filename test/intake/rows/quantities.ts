import {
  adjusted,
  badId,
  badQuantity,
  bom,
  counted,
  each,
  item,
  refused,
  sale,
  warned,
  type BadInput,
} from '../bad-input.js';

const notNumbers = [
  'NaN',
  'Infinity',
  '1e5',
  '0x1F',
  '1,5',
  '１２',
  ' 12 ',
  '',
  '+1',
  '-.5',
  '012',
];

const saleText = (quantity: string): string =>
  JSON.stringify(sale()).replace('"quantity":"5"', `"quantity":${quantity}`);

/** Twenty levels, ten pieces of the next in each. */
const tenfold = Array.from({ length: 20 }, (_, level) =>
  bom(`L${level}`, [{ item: `L${level + 1}`, quantity: '10' }]),
);

export const quantityRows: readonly BadInput[] = [
  ...each('B-01', badQuantity('QTY_NOT_STRING'), [
    ['a quantity as a number', sale({ quantity: 1.5 })],
    ['a quantity as a number in raw text', saleText('1.5')],
    ['a count as a number', counted({ quantity: 1.5 })],
    ['an adjustment of nothing', adjusted({ quantity: null })],
  ]),
  ...each(
    'B-02',
    badQuantity('QTY_FORMAT'),
    notNumbers.map((text) => [`the quantity "${text}"`, sale({ quantity: text })]),
  ),
  ...each(
    'B-02',
    badQuantity('QTY_FORMAT'),
    notNumbers.map((text) => [`a count of "${text}"`, counted({ quantity: text })]),
  ),
  ...each('B-03', refused('NUMBER_INEXACT', ''), [
    ['the raw number 1e999', saleText('1e999')],
    ['the raw number -1e999', saleText('-1e999')],
  ]),
  {
    row: 'B-04',
    what: 'the largest quantity there is',
    given: [item('FINE', { orderType: 'purchase' })],
    send: [sale({ item: 'FINE', quantity: '9007199254.740991' })],
    told: ['accepted'],
    then: async (company) => {
      expect(await company.orders('FINE')).toEqual(['9007199254.740991 by 2026-03-20']);
    },
  },
  ...each('B-04', badQuantity('QTY_RANGE'), [
    ['one millionth more', sale({ quantity: '9007199254.740992' })],
    ['a count of one millionth more', counted({ quantity: '9007199254.740992' })],
    ['eleven digits', sale({ quantity: '10000000000' })],
  ]),
  ...each('B-05', badQuantity('QTY_SCALE'), [
    ['seven decimals', sale({ quantity: '1.1234567' })],
    ['seven decimals, the last of them 0', sale({ quantity: '1.1234560' })],
  ]),
  {
    row: 'B-05',
    what: 'more decimals than the item has: decimals round what is planned (FORMAT)',
    send: [sale({ quantity: '1.5' })],
    told: ['accepted'],
    then: async (company) => expect(await company.orders('FG')).toEqual(['2 by 2026-03-20']),
  },
  {
    row: 'B-06',
    what: 'minus zero is zero, in whatever form',
    send: [
      counted({ quantity: '-0' }),
      counted({ quantity: '-0.000000' }),
      sale({ quantity: '-0' }),
    ],
    told: ['accepted', 'repeated', 'accepted'],
    then: async (company) => {
      expect((await company.transaction('SO-1'))?.image?.quantity).toBe(0);
      expect(await company.stock('FG')).toBe('0');
    },
  },
  {
    row: 'B-07',
    what: 'stock below zero: legal, told, planned as 0 (NE-4)',
    send: [sale({ status: 'deducted' }), sale({ id: 'SO-2' })],
    told: [warned('NEGATIVE_ON_HAND', 'data/quantity'), 'accepted'],
    then: async (company) => {
      expect(await company.stock('FG')).toBe('-5');
      expect(await company.orders('FG')).toEqual(['5 by 2026-03-20']);
    },
  },
  {
    row: 'B-07',
    what: 'stock that comes back above zero is no remark',
    given: [counted({ quantity: '4' })],
    send: [adjusted({ quantity: '-6' }), adjusted({ id: 'J-2', quantity: '1' })],
    told: [warned('NEGATIVE_ON_HAND', 'data/quantity'), 'accepted'],
    then: async (company) => expect(await company.stock('FG')).toBe('-1'),
  },
  ...each('B-08', badQuantity('QTY_SIGN'), [
    ['a negative sales quantity', sale({ quantity: '-5' })],
    ['a negative quantity with decimals', sale({ quantity: '-0.000001' })],
  ]),
  {
    row: 'B-09',
    what: 'an order line of nothing',
    send: [sale({ quantity: '0' })],
    told: ['accepted'],
    then: async (company) => expect(await company.orders('FG')).toEqual([]),
  },
  ...each('B-10', badId('data/id'), [
    ['an id as a number', sale({ id: 7 })],
    ['an id as a large number', sale({ id: 9_007_199_254_740_992 })],
  ]),
  ...each('B-10', refused('NUMBER_INEXACT', ''), [
    ['an id that a number cannot hold', '{"type":"x","data":{"id":9007199254740993}}'],
    ['a version that a number cannot hold', '{"type":"x","version":9007199254740993}'],
  ]),
  {
    row: 'B-11',
    what: 'a BOM whose quantities grow beyond all range is planned as far as they go',
    given: [
      ...Array.from({ length: 21 }, (_, level) => item(`L${level}`)),
      ...tenfold,
      sale({ item: 'L0', quantity: '1' }),
    ],
    send: [sale({ id: 'SO-2' })],
    told: ['accepted'],
    then: async (company) => {
      expect(await company.orders('FG')).toEqual(['5 by 2026-03-20']);
      expect(await company.orders('L9')).toEqual(['1000000000 by 2026-03-20']);
      expect(await company.orders('L10')).toEqual([]);
    },
  },
];
