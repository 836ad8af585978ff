import { formatQuantity } from '@tidemark/kernel';
import { numberIn, textIn } from '../cells.js';
import type { Shown } from '../projection.js';
import type { Row } from '../tables.js';
import { requirementsList } from './requirements.js';

/**
 * The stock after each row of a requirement profile. Safety stock is wanted, not taken, and what is
 * on hold does not move: both leave the accumulated quantity as it is.
 */
export class Accumulation {
  #node = '';
  #stock: number;

  /** @param before what the rows of the first row's node before it come to, in millionths. */
  constructor(before = 0) {
    this.#stock = before;
  }

  /** The next row in the order of the profile, with what is on hand after it. */
  show(row: Row): Shown {
    const node = `${textIn(row, 'item')}\u0000${textIn(row, 'dimensions')}`;
    if (this.#node !== '' && node !== this.#node) this.#stock = 0;
    this.#node = node;
    this.#stock += movementOf(row);
    return { ...requirementsList.show(row), accumulated: formatQuantity(this.#stock) };
  }
}

/** What a row adds to the stock, negative for an issue. */
export function movementOf(row: Row): number {
  if (row['kind'] === 'safetyStock' || row['held'] === 1) return 0;
  const quantity = numberIn(row, 'quantity');
  return numberIn(row, 'side') === 1 ? -quantity : quantity;
}
