import type { OpenLog } from '@tidemark/stores';
import { UsedWrongly } from './outcome.js';
import { createIntake, createPlanner, type CompanyPlanner, type Intake } from '@tidemark/runtime';

/** The services of one company on an open log, as a server has them. */
export interface OpenedCompany {
  readonly company: string;
  readonly intake: Intake;
  readonly planner: CompanyPlanner;
}

/** Who the log says had it recorded. */
export const principal = 'command line';

export const clock = { now: () => Date.now() };

/**
 * A deployment has a planner of its own: this process must not plan beside it.
 *
 * @throws UsedWrongly where the log is not a data folder.
 */
export function mustPlanHere({ engine }: OpenLog): void {
  if (engine === 'embedded') return;
  throw new UsedWrongly(
    'A deployment is planned by its planner: send the run to its API, ' +
      'POST /v1/companies/{company}/runs.',
  );
}

export function openCompany({ events: store }: OpenLog, company: string): OpenedCompany {
  const intake = createIntake({ store, clock });
  const planner = createPlanner({
    store,
    company,
    clock,
    exclusively: (action) => intake.exclusively(company, action),
  });
  return { company, intake, planner };
}
