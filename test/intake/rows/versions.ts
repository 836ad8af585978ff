import {
  adjusted,
  counted,
  each,
  item,
  refused,
  removed,
  sale,
  warned,
  type BadInput,
} from '../bad-input.js';
import type { Json } from '../intake-company.js';

const of = (version: number, data: Json = {}): Json => sale(data, { version });
const outOfRange = refused('OUT_OF_RANGE', 'version');
const reused = refused('ID_REUSE', 'version');

export const versionRows: readonly BadInput[] = [
  {
    row: 'B-12',
    what: 'a version that is known with other content: the first stands',
    send: [sale(), sale({ quantity: '6' }), removed()],
    told: ['accepted', reused, reused],
    then: async (company) => {
      expect(await company.orders('FG')).toEqual(['5 by 2026-03-20']);
      expect((await company.letters()).map(({ code }) => code)).toEqual(['ID_REUSE', 'ID_REUSE']);
    },
  },
  {
    row: 'B-12',
    what: 'the same of counts, adjustments and master data',
    send: [
      counted(),
      counted({ quantity: '11' }),
      adjusted(),
      adjusted({ dimensions: { site: 'S1' } }),
      item('NEW', { leadTime: 3 }),
      item('NEW', { leadTime: 4 }),
    ],
    told: ['accepted', reused, 'accepted', reused, 'accepted', reused],
    then: async (company) => expect(await company.stock('FG')).toBe('13'),
  },
  {
    row: 'B-12',
    what: 'an id of a message that was used for another thing: messages are told by their things',
    send: [sale({}, { id: 'M-1' }), sale({ id: 'SO-2' }, { id: 'M-1' })],
    told: ['accepted', 'accepted'],
    then: async (company) => expect(await company.orders('FG')).toHaveLength(2),
  },
  {
    row: 'B-13',
    what: 'the same event three times, under the same or another message id',
    send: [sale(), sale(), sale({}, { id: 'M-9', time: '2026-03-01T08:00:00Z' })],
    told: ['accepted', 'repeated', 'repeated'],
    then: async (company) => expect(await company.orders('FG')).toEqual(['5 by 2026-03-20']),
  },
  {
    row: 'B-13',
    what: 'repeats of counts, adjustments, removals and master data',
    given: [
      counted(),
      adjusted(),
      sale(),
      item('NEW', { leadTime: 3 }),
      removed({}, { version: 2 }),
    ],
    send: [
      counted(),
      adjusted(),
      removed({}, { version: 2 }),
      item('NEW', { leadTime: 3 }),
      sale(),
    ],
    told: ['repeated', 'repeated', 'repeated', 'repeated', 'olderIgnored'],
    then: async (company) => expect(await company.stock('FG')).toBe('13'),
  },
  {
    row: 'B-13',
    what: 'blanks written as empty texts and keys in another order are the same content',
    send: [
      sale({ dimensions: { site: '' } }),
      { data: { ...(sale()['data'] as Json) }, version: 1, type: sale()['type'] },
    ],
    told: ['accepted', 'repeated'],
  },
  {
    row: 'B-14',
    what: 'version 5 after version 7',
    send: [of(7), of(5, { quantity: '6' }), of(7)],
    told: ['accepted', 'olderIgnored', 'repeated'],
    then: async (company) => expect(await company.orders('FG')).toEqual(['5 by 2026-03-20']),
  },
  ...each('B-15', outOfRange, [
    ['version 0', of(0)],
    ['a negative version', of(-1)],
    ['version 1.5', of(1.5)],
    ['version 2^53', of(2 ** 53)],
    ['a version as text', sale({}, { version: '1' })],
  ]),
  ...each('B-15', refused('NUMBER_INEXACT', ''), [
    ['version 2^63 in raw text', JSON.stringify(of(77)).replace('77', '9223372036854775808')],
  ]),
  ...each('B-15', refused('MISSING_PROPERTY', 'version'), [
    ['no version', JSON.stringify(sale()).replace('"version":1,', '')],
  ]),
  {
    row: 'B-16',
    what: 'versions that jump: they count per thing, and each carries the full image',
    send: [of(41), of(44, { quantity: '9' })],
    told: ['accepted', 'accepted'],
    then: async (company) => expect(await company.orders('FG')).toEqual(['9 by 2026-03-20']),
  },
  {
    row: 'B-17',
    what: 'a later version or a removal of what was never seen',
    send: [of(8), removed({ id: 'SO-2' }, { version: 3 }), sale({ id: 'SO-2' }, { version: 2 })],
    told: ['accepted', 'accepted', 'olderIgnored'],
    then: async (company) => {
      expect(await company.requirements('FG')).toEqual(['SO-1 5, 0 uncovered']);
      expect(await company.transaction('SO-2')).not.toHaveProperty('image');
    },
  },
  {
    row: 'B-17',
    what: 'a removal with the last image of what was never seen moves the stock',
    send: [removed({ last: sale({ status: 'sold' })['data'] }, { version: 3 })],
    told: [warned('NEGATIVE_ON_HAND', 'data/quantity')],
    then: async (company) => expect(await company.stock('FG')).toBe('-5'),
  },
  {
    row: 'B-18',
    what: 'a transaction that comes back after its removal',
    send: [of(1), removed({}, { version: 2 }), of(3, { quantity: '7' })],
    told: ['accepted', 'accepted', 'accepted'],
    then: async (company) => expect(await company.orders('FG')).toEqual(['7 by 2026-03-20']),
  },
  {
    row: 'B-19',
    what: 'a status that goes back gives the stock back once',
    given: [counted({ quantity: '20' })],
    send: [of(1, { status: 'deducted' }), of(2), of(2), of(3, { status: 'sold' })],
    told: ['accepted', warned('STATUS_REGRESSION', 'data/status'), 'repeated', 'accepted'],
    then: async (company) => {
      expect(await company.stock('FG')).toBe('15');
      expect(await company.requirements('FG')).toEqual(['onHand 15']);
    },
  },
  {
    row: 'B-76',
    what: 'a thousand changes of one transaction are one revision of the plan, of the last',
    given: [item('OTHER')],
    send: [sale()],
    told: ['accepted'],
    then: async (company) => {
      await company.plan();
      const changes = Array.from({ length: 1_000 }, (_, index) =>
        of(index + 2, { quantity: String(index + 1) }),
      );
      expect((await company.take(changes)).accepted).toBe(1_000);
      const revisions = await company.plan();
      expect(revisions.map(({ counters }) => counters.nodesVisited)).toEqual([1]);
      expect(await company.orders('FG')).toEqual(['1000 by 2026-03-20']);
    },
  },
];
