import { Type, type SchemaOptions, type Static, type TSchema } from '@sinclair/typebox';
import { dimensionNames, quantityMax } from '@tidemark/kernel';

/**
 * What a value is, for messages and for the lenient reading of numbers: an annotation of the
 * schema, so that one source says both.
 */
export type ValueKind = 'id' | 'decimal' | 'quantity' | 'day' | 'instant' | 'choice' | 'length';

/** Bounds of what comes in; all of them are in the published JSON Schema. */
export const wireLimits = {
  idCharacters: 128,
  companyCharacters: 64,
  leadTimeDaysMax: 9_999,
  daysMax: 99_999,
  rowsMax: 10_000,
} as const;

// Control characters, line separators, direction marks and characters without width.
const hidden =
  '\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u180e' +
  '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff';
const pair = '[\\ud800-\\udbff][\\udc00-\\udfff]';
const character = `(?:[^${hidden}\\ud800-\\udfff]|${pair})`;
const visible = `(?:[^\\s${hidden}\\ud800-\\udfff]|${pair})`;

/** Opaque text of a source: 1 to 128 characters, none of them hidden, not only blanks. */
export const Id = Type.String({
  'x-value': 'id',
  minLength: 1,
  maxLength: wireLimits.idCharacters,
  pattern: `^${character}*?${visible}${character}*$`,
});

/** The value of a dimension; an empty text is a blank, which is no value. */
export const DimensionValue = Type.String({
  'x-value': 'id',
  maxLength: wireLimits.idCharacters,
  pattern: `^${character}*$`,
});

/** A company: part of every stream name, so shorter than other ids, without `/` and `%`. */
export const Company = Type.String({
  'x-value': 'id',
  minLength: 1,
  maxLength: wireLimits.companyCharacters,
  pattern: `^(?!.*[/%])${character}*?${visible}${character}*$`,
});

const digits = '(?:0|[1-9]\\d{0,9})(?:\\.\\d{1,6})?';

/** A decimal number as text: at most 6 decimals, no exponent, no sign `+`. */
export const Decimal = Type.String({
  'x-value': 'decimal',
  pattern: `^-?${digits}$`,
  examples: ['12', '-0.75'],
});

/** A decimal number from 0 on, as text. */
export const Quantity = Type.String({
  'x-value': 'quantity',
  pattern: `^(?:${digits}|-0(?:\\.0{1,6})?)$`,
  examples: ['12', '0.75'],
});

/** A calendar date of the site, 1970 to 2199, without a time. */
export const Day = Type.String({
  'x-value': 'day',
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  examples: ['2026-05-01'],
});

/** A moment with its offset from UTC (RFC 3339). */
export const Instant = Type.String({
  'x-value': 'instant',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:\\d\\d)$',
  examples: ['2026-05-01T08:00:00Z'],
});

/** A length in days. */
export const Days = Type.Integer({
  'x-value': 'length',
  minimum: 0,
  maximum: wireLimits.daysMax,
});

export const LeadTimeDays = Type.Integer({
  'x-value': 'length',
  minimum: 0,
  maximum: wireLimits.leadTimeDaysMax,
});

/** A version of a thing: from 1 on; the higher one wins (law 1). */
export const Version = Type.Integer({ 'x-value': 'length', minimum: 1, maximum: quantityMax });

type OneOf<Texts extends readonly string[]> = Texts[number];

/** One of these texts. */
export function choice<const Texts extends readonly string[]>(texts: Texts) {
  const literals = texts.map((text) => Type.Literal(text));
  return Type.Unsafe<OneOf<Texts>>(Type.Union(literals, { 'x-value': 'choice' }));
}

/** An object that takes no other keys than these. */
export function closed<Properties extends Record<string, TSchema>>(
  properties: Properties,
  options: SchemaOptions = {},
) {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

export function rowsOf<Row extends TSchema>(row: Row, options: { minItems?: number } = {}) {
  return Type.Array(row, { maxItems: wireLimits.rowsMax, ...options });
}

const dimensionSchemas = Object.fromEntries(
  dimensionNames.map((name) => [name, Type.Optional(DimensionValue)]),
) as Record<(typeof dimensionNames)[number], ReturnType<typeof optionalDimension>>;

function optionalDimension() {
  return Type.Optional(DimensionValue);
}

/** Dimension values by name; an absent name is a blank. */
export const DimensionValues = closed(dimensionSchemas);
export type DimensionValues = Static<typeof DimensionValues>;
