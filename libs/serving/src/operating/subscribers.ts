/** Readers that follow plans live: counted, and ended together. */
export class Subscribers {
  readonly #ending = new AbortController();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Aborted when the server stops. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Counts a reader until the work is done. */
  async during(work: () => Promise<void>): Promise<void> {
    this.#count += 1;
    try {
      await work();
    } finally {
      this.#count -= 1;
    }
  }

  endAll(): void {
    this.#ending.abort();
  }
}
