import type { PlanningInput } from '../api/inputs.js';
import { applyDecision } from '../decisions/apply-decision.js';
import type { PlanKeeper } from './plan-keeper.js';

/** An input that a plan defined later folds too. */
export interface PastInput {
  readonly input: PlanningInput & { kind: 'entry' | 'decision' };
  readonly position: string;
}

/** A new plan starts from all that was recorded before it: nothing of that is pending. */
export function foldPast(keeper: PlanKeeper, past: readonly PastInput[]): void {
  for (const { input, position } of past) {
    if (input.kind === 'entry') keeper.addEntry(input.entry, position);
    else {
      keeper.foldAll();
      applyDecision(keeper, input.decision, { position, current: false });
    }
  }
  keeper.foldAll();
}
