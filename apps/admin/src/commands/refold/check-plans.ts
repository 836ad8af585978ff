import { comparePositions, type EventStore } from '@tidemark/streams';
import { lastCommit } from '@tidemark/runtime';
import { planStream } from '@tidemark/wire';
import { readPlans } from '../published/company-plans.js';
import { foldPublished, type PublishedPlan } from '../published/published-plan.js';
import { readRevisions } from '../published/read-revisions.js';
import { comparePlans, type PlanComparison } from './compare-plans.js';
import { Refold } from './refold.js';

/** What became of one plan: nothing to compare if it has published no revision. */
export interface CheckedPlan {
  readonly company: string;
  readonly plan: string;
  readonly published: PublishedPlan | undefined;
  readonly comparison: PlanComparison | undefined;
  /** Inputs folded by then. */
  readonly events: number;
}

export interface CheckOptions {
  readonly store: EventStore;
  readonly company: string;
  /** Absent: all plans of the company. */
  readonly plan?: string;
  readonly onEvents?: (events: number) => void;
}

/**
 * Folds the log of a company anew and compares its plans with what their streams say, each as of
 * the place in the log that led to its last revision: a planner at work beside it is not waited
 * for.
 */
export async function* checkPlans(options: CheckOptions): AsyncGenerator<CheckedPlan, void, void> {
  const { store, company } = options;
  const { plans } = await readPlans(store, company);
  const wanted = [...plans.keys()].filter((id) => (options.plan ?? id) === id);
  const marks: { plan: string; revision: number; position: string }[] = [];
  for (const plan of wanted) {
    const last = await lastCommit(store, planStream(company, plan));
    if (last === undefined) yield { company, plan, published: undefined, ...nothingCompared };
    else marks.push({ plan, revision: last.revision, position: last.position });
  }
  const refold = new Refold(options);
  const inOrder = marks.toSorted((left, right) => comparePositions(left.position, right.position));
  for (const { plan, revision, position } of inOrder) {
    await refold.through(position);
    const published = await foldPublished(readRevisions(store, { company, plan }), { revision });
    const comparison = comparePlans(published, refold.plan(plan));
    yield { company, plan, published, comparison, events: refold.events };
  }
}

const nothingCompared = { comparison: undefined, events: 0 };
