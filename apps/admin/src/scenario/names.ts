/** The form of ids that planning gives. */
const plannedOrderId = /^p[0-9a-f]{26}$/;
const lineOfOrder = /^(.*)\/(\d+)$/;

/**
 * Names of a scenario file and what they stand for: a planned order's ref is bound at its first use
 * and stays (FORMAT "Names").
 */
export class Names {
  readonly #ids = new Map<string, string>();
  /** Names that stand for themselves: transactions of the file, created orders. */
  readonly #own = new Set<string>();

  declare(id: string): void {
    this.#own.add(id);
  }

  /**
   * Whether a name of the file means this id. A ref that nothing has bound yet means any planned
   * order that fits.
   */
  means(name: string, id: string): boolean {
    return this.resolve(name) === id || (this.#isOpen(name) && plannedOrderId.test(id));
  }

  /** Binds a ref at its first use. */
  bindOpen(name: string, id: string): void {
    if (this.#isOpen(name) && plannedOrderId.test(id)) this.bind(name, id);
  }

  #isOpen(name: string): boolean {
    const isOther = name === 'onHand' || name.includes('/') || name.includes(':');
    return !isOther && !this.#own.has(name) && !this.#ids.has(name);
  }

  bind(ref: string, id: string): void {
    this.#ids.set(ref, id);
  }

  boundTo(ref: string): string | undefined {
    return this.#ids.get(ref);
  }

  /** What a name of the file is called in the plan: `P1`, `P1/2`, `firm/P1`, `firm/P1/2`. */
  resolve(name: string): string {
    if (name.startsWith('firm/')) return `firm/${this.resolve(name.slice('firm/'.length))}`;
    const whole = this.#ids.get(name);
    if (whole !== undefined) return whole;
    const [, order, line] = lineOfOrder.exec(name) ?? [];
    const id = order === undefined ? undefined : this.#ids.get(order);
    return id === undefined ? name : `${id}/${line}`;
  }

  /** The way back, for messages: the ref of an id. */
  show(id: string): string {
    for (const [ref, bound] of this.#ids) {
      if (id === bound) return ref;
      if (id.startsWith(`${bound}/`)) return ref + id.slice(bound.length);
      if (id.startsWith(`firm/${bound}`)) return `firm/${ref}${id.slice(bound.length + 5)}`;
    }
    return id;
  }
}
