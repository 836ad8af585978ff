import type { Static, TSchema } from '@sinclair/typebox';
import {
  TypeCompiler,
  ValueErrorType,
  type TypeCheck,
  type ValueError,
} from '@sinclair/typebox/compiler';
import { parseQuantity } from '@tidemark/kernel';
import { atField, classOf, shown, wireRefusal, type WireRefusal } from './refusal.js';

/** The compiled validator of one schema; compiled at its first use, once a process. */
export interface Validator<Schema extends TSchema> {
  readonly schema: Schema;
  accepts(value: unknown): value is Static<Schema>;
  /** Why it does not accept the value. */
  explain(value: unknown): WireRefusal;
}

export function validatorOf<Schema extends TSchema>(schema: Schema): Validator<Schema> {
  let compiled: TypeCheck<Schema> | undefined;
  const check = (): TypeCheck<Schema> => (compiled ??= TypeCompiler.Compile(schema));
  return {
    schema,
    accepts: (value): value is Static<Schema> => check().Check(value),
    explain: (value) => explain(check().Errors(value).First()),
  };
}

/** Turns the validator's first complaint into a refusal with rule, values and remedy. */
function explain(error: ValueError | undefined): WireRefusal {
  if (error === undefined) {
    return wireRefusal({
      rule: 'INVALID_VALUE',
      field: '',
      message: 'The value is not of the published schema.',
      remedy: 'Compare it with the schema.',
    });
  }
  const field = error.path.slice(1).replaceAll('~1', '/');
  const byType = explanations[error.type];
  if (byType !== undefined) return byType(error, field);
  return explainValue(error, field);
}

type Explanation = (error: ValueError, field: string) => WireRefusal;

const explanations: Readonly<Partial<Record<ValueErrorType, Explanation>>> = {
  [ValueErrorType.ObjectRequiredProperty]: (_, field) =>
    wireRefusal({
      rule: 'MISSING_PROPERTY',
      field,
      message: `The key ${field} is missing.`,
      remedy: 'Send the full image; see the published schema for the keys it needs.',
    }),
  [ValueErrorType.ObjectAdditionalProperties]: (error, field) =>
    wireRefusal({
      rule: 'UNKNOWN_PROPERTY',
      field,
      message: `The key ${field} is not of the contract.`,
      remedy: 'Leave it out, or correct its name.',
      values: { [field]: shown(error.value) },
    }),
};

function explainValue(error: ValueError, field: string): WireRefusal {
  const kind: unknown = error.schema['x-value'];
  const { value } = error;
  switch (kind) {
    case 'decimal':
    case 'quantity':
      return explainQuantity(value, field);
    case 'day':
    case 'instant':
      return explainDate(kind, value, field);
    case 'id':
      return explainId(value, field, error.schema);
    case 'length':
      return explainLength(value, field, error.schema);
    case 'choice':
      return explainChoice(value, field, error.schema);
    default:
      return explainOther(error, field);
  }
}

function explainQuantity(value: unknown, field: string): WireRefusal {
  if (typeof value !== 'string') {
    return wireRefusal({
      rule: 'QTY_NOT_STRING',
      code: classOf('QTY_NOT_STRING'),
      field,
      message: `${field} ${shown(value)} is not a decimal number as text.`,
      remedy: 'Send quantities as text such as "12" or "0.75".',
      values: { [field]: shown(value) },
    });
  }
  const read = parseQuantity(value);
  if (!read.ok) return atField(read.failure, field, value);
  return wireRefusal({
    rule: 'QTY_SIGN',
    code: classOf('QTY_SIGN'),
    field,
    message: `${field} ${value} is negative.`,
    remedy: 'Send the size from 0 on; direction says whether it is an issue or a receipt.',
    values: { [field]: value },
  });
}

function explainDate(kind: 'day' | 'instant', value: unknown, field: string): WireRefusal {
  const rule = kind === 'day' ? 'DATE' : 'DATE_TIME';
  const form = kind === 'day' ? 'YYYY-MM-DD, without a time' : 'RFC 3339 with an offset';
  const example = kind === 'day' ? '2026-05-01' : '2026-05-01T08:00:00Z';
  return wireRefusal({
    rule,
    code: classOf(rule),
    field,
    message: `${field} ${shown(value)} is not of the form ${form}.`,
    remedy: `Send it as ${example}.`,
    values: { [field]: shown(value) },
  });
}

function explainId(value: unknown, field: string, schema: TSchema): WireRefusal {
  const most = String(schema['maxLength']);
  return wireRefusal({
    rule: 'ID_FORMAT',
    field,
    message:
      `${field} ${shown(value)} is not a text of 1 to ${most} characters ` +
      'without control or invisible characters.',
    remedy: 'Send ids as text, as the source shows them.',
    values: { [field]: shown(value) },
  });
}

function explainLength(value: unknown, field: string, schema: TSchema): WireRefusal {
  const from = String(schema['minimum']);
  const to = String(schema['maximum']);
  return wireRefusal({
    rule: 'OUT_OF_RANGE',
    field,
    message: `${field} ${shown(value)} is not a whole number from ${from} to ${to}.`,
    remedy: `Check ${field} in the source.`,
    values: { [field]: shown(value), minimum: from, maximum: to },
  });
}

function explainChoice(value: unknown, field: string, schema: TSchema): WireRefusal {
  const options = schema['anyOf'] as readonly { readonly const: string }[];
  const names = options.map((option) => option.const).join(', ');
  const rule = field.endsWith('status') ? 'STATUS' : 'NOT_ALLOWED';
  return wireRefusal({
    rule,
    code: classOf(rule),
    field,
    message: `${field} ${shown(value)} is not one of ${names}.`,
    remedy: 'Translate the source’s word to one of these.',
    values: { [field]: shown(value) },
  });
}

function explainOther(error: ValueError, field: string): WireRefusal {
  return wireRefusal({
    rule: 'INVALID_VALUE',
    field,
    message: `${field === '' ? 'The event' : field} is ${shown(error.value)}: ${error.message}.`,
    remedy: 'Compare it with the published schema.',
    values: { [field]: shown(error.value) },
  });
}
