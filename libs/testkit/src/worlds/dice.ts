/** Random numbers in [0, 1) by Mulberry32. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Random numbers that a seed decides (the same seed throws the same dice), or that are given. */
export class Dice {
  readonly #throw: () => number;

  constructor(source: number | (() => number)) {
    this.#throw = typeof source === 'number' ? mulberry(source) : source;
  }

  /** A number in [0, 1). */
  next(): number {
    return this.#throw();
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(this.next() * values.length)];
    if (value === undefined) throw new Error('There is nothing to pick from');
    return value;
  }

  /** The value, in so many of all cases. */
  perhaps<Value>(probability: number, make: () => Value): Value | undefined {
    return this.chance(probability) ? make() : undefined;
  }
}
