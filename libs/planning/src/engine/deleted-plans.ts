import { invariant, type StateExchange } from '@tidemark/kernel';
import type { PlanRevision } from '../api/runs.js';
import { emptied } from './copy-plan.js';
import type { PlanKeeper } from './plan-keeper.js';

/** Plans that were deleted: what is still to be told of them, and how far they were numbered. */
export class DeletedPlans {
  readonly #leaving = new Map<string, PlanKeeper>();
  readonly #lastNumbers = new Map<string, number>();

  exchange(io: StateExchange): void {
    invariant(this.#leaving.size === 0, 'every deleted plan has told of its end', {});
    io.map(this.#lastNumbers);
  }

  add(keeper: PlanKeeper, position: string): void {
    keeper.tidemark = position;
    keeper.numbers.position = position;
    this.#leaving.set(keeper.definition.id, keeper);
  }

  /** The last revision of a plan takes every line away: none remains (PL-6). */
  takeLeave(plan: string): PlanRevision | undefined {
    const keeper = this.#leaving.get(plan);
    if (keeper === undefined) return undefined;
    this.#leaving.delete(plan);
    const revision = emptied(keeper);
    this.#lastNumbers.set(plan, revision.revision);
    return revision;
  }

  /** A plan that is defined again goes on with the numbers of the one before it. */
  lastNumberOf(plan: string): number {
    return this.#lastNumbers.get(plan) ?? 0;
  }
}
