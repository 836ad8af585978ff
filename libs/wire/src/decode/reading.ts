import {
  dimensionNames,
  noDimensions,
  planDayOf,
  quantityOf,
  type DimensionName,
  type Dimensions,
  type PlanDay,
  type Quantity,
} from '@tidemark/kernel';
import { atField, wireRefusal, type RefusalText, type WireRefusal } from '../refusal.js';
import type { DimensionValues } from '../schema/primitives.js';
import { readDay, readInstant, readQuantity } from '../text/fast-values.js';

/** A remark on something that is taken: it is legal, and rarely meant. */
export interface WireWarning {
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

/**
 * Reads the texts of one validated event into values, and keeps the first refusal: the reader goes
 * on with a stand-in, and its caller throws the result away.
 */
export class Reading {
  failure: WireRefusal | undefined;
  readonly warnings: WireWarning[] = [];

  refuse(text: RefusalText): void {
    this.failure ??= wireRefusal(text);
  }

  warn(code: string, field: string, message: string): void {
    this.warnings.push({ code, field, message });
  }

  quantity(text: string, field: string): Quantity {
    const read = readQuantity(text);
    if (read.ok) return read.value;
    this.failure ??= atField(read.failure, field, text);
    return quantityOf(0);
  }

  quantityOr(text: string | undefined, field: string, absent: number): Quantity {
    return text === undefined ? quantityOf(absent) : this.quantity(text, field);
  }

  day(text: string, field: string): PlanDay {
    const read = readDay(text);
    if (read.ok) return read.value;
    this.failure ??= atField(read.failure, field, text);
    return planDayOf(0);
  }

  instant(text: string, field: string): number {
    const read = readInstant(text);
    if (read.ok) return read.value;
    this.failure ??= atField(read.failure, field, text);
    return 0;
  }
}

/** Dimension values in canonical order, blanks dropped. */
export function readDimensions(values: DimensionValues | undefined): Dimensions {
  if (values === undefined) return noDimensions;
  const dimensions: Partial<Record<DimensionName, string>> = {};
  for (const name of dimensionNames) {
    const value = values[name];
    if (value !== undefined && value !== '') dimensions[name] = value;
  }
  return dimensions;
}

/** The object without the keys whose value is undefined: absent keys stay absent. */
export function withoutAbsent<Value extends object>(value: Value): Defined<Value> {
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) if (inner !== undefined) kept[key] = inner;
  return kept as Defined<Value>;
}

type Defined<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };
