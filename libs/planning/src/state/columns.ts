import type { MarkColumn, QuantityColumn, WholeColumn } from './node-plan.js';

/** How many columns of each width a value has, and how many numbers they hold together. */
export interface Layout {
  readonly quantities: number;
  readonly wholes: number;
  readonly marks: number;
}

const quantityBytes = 8;
const wholeBytes = 4;

/**
 * Columns of one value, cut one after the other from one piece of memory, so that a value of many
 * columns costs one allocation. Taken in the order quantities, wholes, marks.
 */
export class ColumnCutter {
  readonly #memory: ArrayBuffer;
  #quantityAt = 0;
  #wholeAt: number;
  #markAt: number;

  constructor({ quantities, wholes, marks }: Layout) {
    this.#wholeAt = quantities * quantityBytes;
    this.#markAt = this.#wholeAt + wholes * wholeBytes;
    this.#memory = new ArrayBuffer(this.#markAt + marks);
  }

  /** A copy of the first `count` quantities. */
  quantities(from: Float64Array, count: number): QuantityColumn {
    const column = new Float64Array(this.#memory, this.#quantityAt, count);
    this.#quantityAt += count * quantityBytes;
    for (let row = 0; row < count; row += 1) column[row] = from[row] ?? 0;
    return column;
  }

  wholes(from: Int32Array, count: number): WholeColumn {
    const column = new Int32Array(this.#memory, this.#wholeAt, count);
    this.#wholeAt += count * wholeBytes;
    for (let row = 0; row < count; row += 1) column[row] = from[row] ?? 0;
    return column;
  }

  marks(from: Uint8Array, count: number): MarkColumn {
    const column = new Uint8Array(this.#memory, this.#markAt, count);
    this.#markAt += count;
    for (let row = 0; row < count; row += 1) column[row] = from[row] ?? 0;
    return column;
  }
}

/** True if a column is the first `count` numbers of another. */
export function sameWholes(column: WholeColumn, from: WholeColumn, count: number): boolean {
  if (column.length !== count) return false;
  for (let row = 0; row < count; row += 1) if (column[row] !== from[row]) return false;
  return true;
}

export function sameQuantities(
  column: QuantityColumn,
  from: QuantityColumn,
  count: number,
): boolean {
  if (column.length !== count) return false;
  for (let row = 0; row < count; row += 1) if (column[row] !== from[row]) return false;
  return true;
}

export function sameMarks(column: MarkColumn, from: MarkColumn, count: number): boolean {
  if (column.length !== count) return false;
  for (let row = 0; row < count; row += 1) if (column[row] !== from[row]) return false;
  return true;
}

/** True if two lists hold the very same values. */
export function sameList<Value>(left: readonly Value[], right: readonly Value[]): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
}
