import { createPlanningEngine } from '@tidemark/planning';
import type { PlanningEngine, PlanningInput, PlanRevision, PlanView } from '@tidemark/planning';

/** The one plan that histories are about. */
export const planId = 'dynamic';

/** An engine with inputs at positions of their own, each kept, so that they can be fed again. */
export class FedEngine {
  readonly engine: PlanningEngine = createPlanningEngine();
  readonly inputs: PlanningInput[] = [];

  feed(inputs: readonly PlanningInput[]): void {
    for (const input of inputs) {
      this.inputs.push(input);
      this.engine.apply(input, this.position);
    }
  }

  get position(): string {
    return String(this.inputs.length).padStart(8, '0');
  }

  follow(): PlanRevision | undefined {
    return this.engine.follow(planId);
  }

  /** Follows until nothing is left to do; the revisions it took. */
  settle(): readonly PlanRevision[] {
    const revisions: PlanRevision[] = [];
    for (let next = this.follow(); next !== undefined; next = this.follow()) revisions.push(next);
    return revisions;
  }

  get view(): PlanView {
    const view = this.engine.view(planId);
    if (view === undefined) throw new Error('The plan is not there');
    return view;
  }

  /** All rows of the plan, ids included, a text each. */
  rows(): readonly string[] {
    return this.view
      .rowsOf()
      .flatMap(({ orders, requirements, coverage, messages }) => [
        ...orders.map((row) => `order ${JSON.stringify(row)}`),
        ...requirements.map((row) => `requirement ${JSON.stringify(row)}`),
        ...coverage.map((row) => `coverage ${JSON.stringify(row)}`),
        ...messages.map((row) => `message ${JSON.stringify(row)}`),
      ])
      .toSorted();
  }
}

/** A plan made at once from all inputs. */
export function plannedAtOnce(inputs: readonly PlanningInput[]): FedEngine {
  const fed = new FedEngine();
  fed.feed(inputs);
  fed.settle();
  return fed;
}
