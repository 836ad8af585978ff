import { badQuantity, each, event, item, refused, sale, type BadInput } from '../bad-input.js';
import { Body, type Json } from '../intake-company.js';

const text = JSON.stringify(sale());
const body = (content: string | Uint8Array): Body => new Body(content);
const bytes = (...codes: number[]): Body => new Body(Uint8Array.from(codes));
const twice = (by: string): string => text.replace('"quantity"', `${by}:"1","quantity"`);
const nested = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;

function utf16(content: string): Body {
  return new Body(new Uint8Array(Buffer.from(`\ufeff${content}`, 'utf16le')));
}

const syntax = refused('JSON_SYNTAX', '');
const notText = refused('ENCODING', '');
const foreign = sale({}, { company: 'other' });

export const textRows: readonly BadInput[] = [
  ...each('B-30', refused('DUPLICATE_KEY', 'quantity'), [
    ['a key given twice', twice('"quantity"')],
    ['a key given twice in a body', body(`[${twice('"quantity"')}]`)],
  ]),
  ...each('B-30', refused('UNKNOWN_PROPERTY', 'qu\\u0061ntity'), [
    ['a key given twice, once with an escape', twice('"qu\\u0061ntity"')],
  ]),
  ...each('B-48', syntax, [
    ['a line that breaks off', text.slice(0, -1)],
    ['a body that breaks off', body(`[${text},`)],
    ['an empty body', body('')],
    ['a body of blanks', body(' \n ')],
    ['a byte order mark', body(`\ufeff${text}`)],
    ['two events in one line', `${text}${text}`],
    ['a comma too many', body(`[${text},]`)],
    ['no quotes', '{type: 1}'],
    ['not a number', '{"type":NaN}'],
    ['UTF-16 without a mark', body(new Uint8Array(Buffer.from(text, 'utf16le')))],
  ]),
  ...each('B-48', notText, [
    ['UTF-16', utf16(text)],
    ['a byte that begins nothing', bytes(0x7b, 0xff, 0x7d)],
    ['a character that is cut', bytes(0x22, 0xc3)],
    ['an overlong character', bytes(0x22, 0xc0, 0xaf, 0x22)],
    ['half of a surrogate pair in UTF-8', bytes(0x22, 0xed, 0xa0, 0x80, 0x22)],
  ]),
  ...each('B-49', refused('JSON_DEPTH', ''), [
    ['a line nested 5,000 deep', nested(5_000)],
    ['a body nested 5,000 deep', body(nested(5_000))],
    ['a million brackets', body('['.repeat(1_000_000))],
    ['an event nested 33 deep', text.replace('"FG"', nested(31))],
  ]),
  ...each('B-50', refused('TOO_LARGE', ''), [['a line of a million characters', sized(1_000_000)]]),
  ...each('B-50', refused('TOO_MANY_EVENTS', ''), [
    ['a body of 10,001 events', body(`[${Array(10_001).fill('{}').join(',')}]`)],
  ]),
  {
    row: 'B-50',
    what: 'a body of 10,000 events is one batch; one more is a mistake of the caller',
    send: [],
    told: [],
    then: async (company) => {
      const events = Array.from({ length: 10_000 }, (_, index) => sale({ id: `SO-${index}` }));
      expect((await company.take(events)).accepted).toBe(10_000);
      await expect(company.take([...events, sale()])).rejects.toThrow(RangeError);
    },
  },
  ...each('B-51', refused('INVALID_VALUE', ''), [
    ['null', null],
    ['null in raw text', 'null'],
    ['a number', 7],
    ['a text', '"event"'],
    ['an array in a line', `[${text}]`],
  ]),
  ...each('B-51', refused('MISSING_PROPERTY', 'type'), [['an event without a type', '{}']]),
  ...each('B-51', refused('MISSING_PROPERTY', 'data'), [
    ['an event without data', '{"type":"item.changed.v1","version":1}'],
  ]),
  ...each('B-52', refused('UNKNOWN_TYPE', 'type'), [
    ['an unknown type', event('weather.changed.v1', {})],
    ['a type that every object has', event('constructor', {})],
  ]),
  ...each('B-52', refused('UNKNOWN_SCHEMA_VERSION', 'type'), [
    ['a newer version of a type', event('item.changed.v2', { id: 'NEW' })],
    ['an older version of a type', event('item.changed.v0', { id: 'NEW' })],
  ]),
  ...each('B-52', refused('UNKNOWN_SCHEMA_VERSION', 'schemaVersion'), [
    ['a newer schema version', { ...item('NEW', { newKey: 1 }), schemaVersion: 2 }],
  ]),
  ...each('B-53', refused('COMPANY_MISMATCH', 'company'), [
    ['an event of another company', foreign],
  ]),
  {
    row: 'B-53',
    what: 'an event of another company has no effect there either',
    send: [foreign],
    told: [refused('COMPANY_MISMATCH', 'company')],
    then: async (company) => {
      expect(await company.intake.deadLetters('other')).toEqual([]);
      expect(await company.intake.transaction('other', 'SO-1')).toBeUndefined();
    },
  },
  {
    row: 'B-01',
    what: 'what is refused is kept and listed once, and is settled by its correction',
    send: [sale({ quantity: 5 }), sale({ quantity: 5 })],
    told: [badQuantity('QTY_NOT_STRING'), badQuantity('QTY_NOT_STRING')],
    then: async (company) => {
      const letters = await company.letters();
      expect(letters).toMatchObject([
        { rule: 'QTY_NOT_STRING', text: JSON.stringify(sale({ quantity: 5 })) },
      ]);
      const id = letters[0]?.id ?? '';
      const wrong: Json = sale({ quantity: '-5' });
      expect(await company.sendAgain(id, wrong)).toEqual(badQuantity('QTY_SIGN'));
      expect(await company.letters()).toHaveLength(2);
      expect(await company.sendAgain(id, sale())).toBe('accepted');
      expect(await company.letters()).toMatchObject([{ rule: 'QTY_SIGN' }]);
      expect(await company.orders('FG')).toEqual(['5 by 2026-03-20']);
    },
  },
];

function sized(characters: number): string {
  return text.replace('SO-1', 'S'.repeat(characters));
}
