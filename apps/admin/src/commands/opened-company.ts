import type { Embedded } from '@tidemark/embedded';
import { createIntake, createPlanner, type CompanyPlanner, type Intake } from '@tidemark/runtime';

/** The services of one company on an open folder, as a server has them. */
export interface OpenedCompany {
  readonly company: string;
  readonly intake: Intake;
  readonly planner: CompanyPlanner;
}

/** Who the log says had it recorded. */
export const principal = 'command line';

export const clock = { now: () => Date.now() };

export function openCompany({ events: store }: Embedded, company: string): OpenedCompany {
  const intake = createIntake({ store, clock });
  const planner = createPlanner({
    store,
    company,
    clock,
    exclusively: (action) => intake.exclusively(company, action),
  });
  return { company, intake, planner };
}
