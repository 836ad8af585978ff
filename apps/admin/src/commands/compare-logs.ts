import type { EventStore } from '@tidemark/streams';
import { familyNames, type StreamFamily } from '@tidemark/wire';
import { countLog } from './company-list.js';
import { readPlans } from './published/company-plans.js';
import { planHash } from './published/plan-hash.js';
import { foldPublished } from './published/published-plan.js';
import { readRevisions } from './published/read-revisions.js';

/** A plan as it is published in both logs. */
export interface PlanInBoth {
  readonly company: string;
  readonly plan: string;
  readonly revision: number;
  /** Of the source. */
  readonly hash: string;
  readonly isEqual: boolean;
}

/** Events of a company's streams of one family. */
export interface FamilyInBoth {
  readonly company: string;
  readonly family: StreamFamily;
  readonly events: number;
  readonly isEqual: boolean;
}

interface BothLogs {
  readonly source: EventStore;
  readonly target: EventStore;
}

/** Counts the events of each company and family in both logs. */
export async function compareFamilies(
  { source, target }: BothLogs,
  company?: string,
): Promise<readonly FamilyInBoth[]> {
  const here = await countLog(source);
  const there = new Map((await countLog(target)).companies.map((one) => [one.company, one]));
  return here.companies
    .filter((one) => (company ?? one.company) === one.company)
    .flatMap(({ company: name, byFamily }) =>
      familyNames.map((family) => ({
        company: name,
        family,
        events: byFamily[family],
        isEqual: there.get(name)?.byFamily[family] === byFamily[family],
      })),
    )
    .filter(({ events, isEqual }) => events > 0 || !isEqual);
}

/** Folds what both logs say of each plan of these companies. */
export async function* comparePlans(
  { source, target }: BothLogs,
  companies: Iterable<string>,
): AsyncGenerator<PlanInBoth, void, void> {
  for (const company of companies) {
    const { plans } = await readPlans(source, company);
    for (const plan of plans.keys()) {
      const here = await foldPublished(readRevisions(source, { company, plan }));
      const there = await foldPublished(readRevisions(target, { company, plan }));
      const { revision = 0 } = here.last ?? {};
      const hash = planHash(here);
      const isEqual = there.last?.revision === here.last?.revision && planHash(there) === hash;
      yield { company, plan, revision, hash, isEqual };
    }
  }
}
