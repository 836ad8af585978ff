import { createPlanningEngine } from '@tidemark/planning';
import type { PlanningEngine, PlanningInput, PlanRevision } from '@tidemark/planning';

/** An engine that is fed one input after another, each at a position of its own. */
export class FedEngine {
  readonly engine: PlanningEngine = createPlanningEngine();
  #fed = 0;

  feed(inputs: readonly PlanningInput[]): void {
    for (const input of inputs) {
      this.#fed += 1;
      this.engine.apply(input, String(this.#fed).padStart(8, '0'));
    }
  }

  follow(): PlanRevision | undefined {
    return this.engine.follow('dynamic');
  }

  nodeCount(): number {
    return this.engine.view('dynamic')?.nodes().length ?? 0;
  }

  /** All rows of the plan, ids included, a text each. */
  rows(): readonly string[] {
    const nodes = this.engine.view('dynamic')?.rowsOf() ?? [];
    return nodes
      .flatMap(({ orders, requirements, coverage, messages }) => [
        ...orders.map((row) => `order ${JSON.stringify(row)}`),
        ...requirements.map((row) => `requirement ${JSON.stringify(row)}`),
        ...coverage.map((row) => `coverage ${JSON.stringify(row)}`),
        ...messages.map((row) => `message ${JSON.stringify(row)}`),
      ])
      .toSorted();
  }
}
