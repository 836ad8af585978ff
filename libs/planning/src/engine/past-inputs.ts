import type { PastInput } from '../api/inputs.js';
import { applyDecision } from '../decisions/apply-decision.js';
import { applyEntry } from '../state/apply-entry.js';
import type { PlanKeeper } from './plan-keeper.js';

/** Nobody need know what the entries before a plan touched: the plan itself is the cause. */
const untold = (): void => undefined;

/** All entries and decisions so far: what a new plan starts from. */
export class PastInputs {
  readonly #inputs: PastInput[] = [];

  add(input: PastInput): void {
    this.#inputs.push(input);
  }

  /** Nothing of what was recorded is pending in a new plan. */
  foldInto(keeper: PlanKeeper): void {
    for (const { input, position } of this.#inputs) {
      if (input.kind === 'entry') applyEntry(keeper.state, input.entry, untold);
      else {
        keeper.foldAll();
        applyDecision(keeper, input.decision, { position, current: false });
      }
    }
    keeper.foldAll();
  }

  /** Puts before all others what was recorded before the state was saved. */
  recall(before: readonly PastInput[]): void {
    const since = this.#inputs.splice(0);
    for (const input of before) this.#inputs.push(input);
    for (const input of since) this.#inputs.push(input);
  }
}
