/** Steps that lead a state back to where the log has it, should what was folded not be written. */
export class WayBack {
  #steps: (() => void)[] = [];

  note(step: () => void): void {
    this.#steps.push(step);
  }

  /** Everything noted so far is in the log. */
  forget(): void {
    this.#steps = [];
  }

  /** Takes everything back that was noted, the last first. */
  go(): void {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) step();
  }
}
