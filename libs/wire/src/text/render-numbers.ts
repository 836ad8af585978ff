import type { TSchema } from '@sinclair/typebox';

/**
 * The lenient reading for scenario, CSV and dataset files: where the schema wants a decimal text, a
 * number is rendered as one, exactly. A number that is not exact is left as it is, and so refused.
 */
export function renderNumbers(schema: TSchema, value: unknown): unknown {
  const kind: unknown = schema['x-value'];
  if (kind === 'decimal' || kind === 'quantity') {
    return typeof value === 'number' ? (decimalOf(value) ?? value) : value;
  }
  if (Array.isArray(value)) {
    const items = schema['items'] as TSchema | undefined;
    return items === undefined ? value : value.map((one) => renderNumbers(items, one));
  }
  const properties = schema['properties'] as Record<string, TSchema> | undefined;
  if (properties === undefined || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => {
      const innerSchema = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return [key, innerSchema === undefined ? inner : renderNumbers(innerSchema, inner)];
    }),
  );
}

/** The decimal text of a number with up to 15 significant digits; undefined for any other. */
export function decimalOf(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const text = String(value === 0 ? 0 : value);
  const exponent = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  if (exponent !== null) {
    const [, sign = '', first = '', rest = '', power = ''] = exponent;
    return `${sign}0.${'0'.repeat(Number(power) - 1)}${first}${rest}`;
  }
  if (text.includes('e')) return undefined;
  const digits = text.replace(/^-?0*\.?0*/, '').replace('.', '');
  return digits.length > 15 ? undefined : text;
}
