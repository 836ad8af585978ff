import type { MarkColumn, QuantityColumn, WholeColumn } from './node-plan.js';

const quantityBytes = 8;
const wholeBytes = 4;

/** Memory from which small columns are cut, so that not every one costs an allocation. */
const pageBytes = 16_384;
/** Larger columns have memory of their own: they would keep a whole page for the others' sake. */
const columnBytesMax = 4_096;

let page = new ArrayBuffer(pageBytes);
let pageUsed = 0;

/** Memory for a column of so many bytes, from `cutFrom` on. */
function cut(bytes: number): ArrayBuffer {
  if (bytes > columnBytesMax) {
    cutFrom = 0;
    return new ArrayBuffer(bytes);
  }
  if (pageUsed + bytes > pageBytes) {
    page = new ArrayBuffer(pageBytes);
    pageUsed = 0;
  }
  cutFrom = pageUsed;
  pageUsed += Math.ceil(bytes / quantityBytes) * quantityBytes;
  return page;
}

let cutFrom = 0;

/**
 * The first `count` quantities as a column that is never written again: the standing one if it says
 * the same, else a copy. Most columns of a node that changes stay as they are.
 */
export function quantityColumn(
  standing: QuantityColumn,
  from: QuantityColumn,
  count: number,
): QuantityColumn {
  if (sameQuantities(standing, from, count)) return standing;
  const column = new Float64Array(cut(count * quantityBytes), cutFrom, count);
  for (let row = 0; row < count; row += 1) column[row] = from[row] ?? 0;
  return column;
}

/** The same of quantities that are mostly none: such columns are all one. */
export function emptyingColumn(
  standing: QuantityColumn,
  from: QuantityColumn,
  count: number,
): QuantityColumn {
  for (let row = 0; row < count; row += 1) {
    if (from[row] !== 0) return quantityColumn(standing, from, count);
  }
  if (count > nothing.length) nothing = new Float64Array(count * 2);
  return isNothing(standing, count) ? standing : new Float64Array(nothing.buffer, 0, count);
}

/** Never written. */
let nothing = new Float64Array(1024);

function isNothing(column: QuantityColumn, count: number): boolean {
  if (column.length !== count) return false;
  for (let row = 0; row < count; row += 1) if (column[row] !== 0) return false;
  return true;
}

export function wholeColumn(
  standing: WholeColumn,
  from: WholeColumn | QuantityColumn,
  count: number,
): WholeColumn {
  if (sameWholes(standing, from, count)) return standing;
  const column = new Int32Array(cut(count * wholeBytes), cutFrom, count);
  for (let row = 0; row < count; row += 1) column[row] = from[row] ?? 0;
  return column;
}

export function markColumn(standing: MarkColumn, from: MarkColumn, count: number): MarkColumn {
  if (sameMarks(standing, from, count)) return standing;
  const column = new Uint8Array(cut(count), cutFrom, count);
  for (let row = 0; row < count; row += 1) column[row] = from[row] ?? 0;
  return column;
}

/** True if a column is the first `count` numbers of another. */
export function sameWholes(
  column: WholeColumn,
  from: WholeColumn | QuantityColumn,
  count: number,
): boolean {
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
