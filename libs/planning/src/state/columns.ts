import type { MarkColumn, QuantityColumn, WholeColumn } from './node-plan.js';

/** How many numbers of each width the columns of a value hold together. */
export interface Layout {
  readonly quantities: number;
  readonly wholes: number;
  readonly marks: number;
}

const quantityBytes = 8;
const wholeBytes = 4;

/** Memory from which small values are cut, so that not every one costs an allocation. */
const pageBytes = 16_384;
/** Larger values have memory of their own: they would keep a whole page for the others' sake. */
const valueBytesMax = 4_096;

let page = new ArrayBuffer(pageBytes);
let pageUsed = 0;

/**
 * Columns of one value, cut one after the other from one piece of memory. Taken in any order; what
 * is copied is never written again.
 */
export class ColumnCutter {
  #memory: ArrayBuffer;
  #quantityAt: number;
  #wholeAt: number;
  #markAt: number;

  constructor({ quantities, wholes, marks }: Layout) {
    const bytes = quantities * quantityBytes + wholes * wholeBytes + marks;
    let from = 0;
    if (bytes > valueBytesMax) this.#memory = new ArrayBuffer(bytes);
    else {
      if (pageUsed + bytes > pageBytes) {
        page = new ArrayBuffer(pageBytes);
        pageUsed = 0;
      }
      this.#memory = page;
      from = pageUsed;
      pageUsed += Math.ceil(bytes / quantityBytes) * quantityBytes;
    }
    this.#quantityAt = from;
    this.#wholeAt = from + quantities * quantityBytes;
    this.#markAt = this.#wholeAt + wholes * wholeBytes;
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
