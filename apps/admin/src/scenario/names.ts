const lineOfOrder = /^(.*)\/(\d+)$/;

/**
 * Names of a scenario file and what they stand for: a planned order's ref is bound at its first use
 * and stays (FORMAT "Names").
 */
export class Names {
  readonly #ids = new Map<string, string>();

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
