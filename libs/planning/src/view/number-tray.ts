import { quantityColumn, wholeColumn } from '../state/columns.js';
import {
  noQuantities,
  noWholes,
  type QuantityColumn,
  type WholeColumn,
} from '../state/node-plan.js';

const numbersAtFirst = 1024;

/** Numbers as they are found; one tray serves all nodes, one after the other. */
export class NumberTray {
  #count = 0;
  #numbers = new Float64Array(numbersAtFirst);

  clear(): void {
    this.#count = 0;
  }

  add(number: number): void {
    if (this.#count === this.#numbers.length) this.#widen();
    this.#numbers[this.#count] = number;
    this.#count += 1;
  }

  /** What was found, as a column that is never written again. */
  taken(): QuantityColumn {
    return quantityColumn(noQuantities, this.#numbers, this.#count);
  }

  /** The same of rows. */
  takenRows(): WholeColumn {
    return wholeColumn(noWholes, this.#numbers, this.#count);
  }

  #widen(): void {
    const wide = new Float64Array(this.#numbers.length * 2);
    wide.set(this.#numbers);
    this.#numbers = wide;
  }
}
