import {
  parsePlanDay,
  parseQuantity,
  planDayOf,
  quantityOf,
  type PlanDay,
  type Quantity,
} from '@tidemark/kernel';
import type { RowFault } from './import-step.js';

const wholeText = /^-?\d{1,9}$/;

/** The cells of one row, read by name. The first fault stands; what is read after it is void. */
export class Cells {
  readonly #values: Readonly<Record<string, string>>;
  fault: RowFault | undefined;

  constructor(values: Readonly<Record<string, string>>) {
    this.#values = values;
  }

  /** The text of a cell; undefined if it is empty or the file has no such column. */
  textIfAny(column: string): string | undefined {
    const value = this.#values[column];
    return value === undefined || value === '' ? undefined : value;
  }

  text(column: string): string {
    return this.textIfAny(column) ?? this.#missing(column, '');
  }

  /** One of these texts. */
  choice<const Choice extends string>(
    column: string,
    choices: readonly [Choice, ...Choice[]],
  ): Choice {
    const value = this.text(column);
    const found = choices.find((one) => one === value);
    if (found !== undefined) return found;
    this.refuse('VALUE', `${column} is "${value}", none of ${choices.join(', ')}.`);
    return choices[0];
  }

  whole(column: string): number {
    const value = this.text(column);
    if (!wholeText.test(value)) this.refuse('NUMBER', `${column} is "${value}", no whole number.`);
    return Number(value);
  }

  wholeIfAny(column: string): number | undefined {
    return this.textIfAny(column) === undefined ? undefined : this.whole(column);
  }

  quantity(column: string): Quantity {
    const read = parseQuantity(this.text(column));
    if (read.ok) return read.value;
    this.refuse(read.failure.code, `${column}: ${read.failure.message}`);
    return quantityOf(0);
  }

  quantityIfAny(column: string): Quantity | undefined {
    return this.textIfAny(column) === undefined ? undefined : this.quantity(column);
  }

  day(column: string): PlanDay {
    const read = parsePlanDay(this.text(column));
    if (read.ok) return read.value;
    this.refuse(read.failure.code, `${column}: ${read.failure.message}`);
    return planDayOf(0);
  }

  dayIfAny(column: string): PlanDay | undefined {
    return this.textIfAny(column) === undefined ? undefined : this.day(column);
  }

  refuse(code: string, reason: string): void {
    this.fault ??= { code, reason };
  }

  #missing<Value>(column: string, instead: Value): Value {
    this.refuse('MISSING', `${column} is empty.`);
    return instead;
  }
}
