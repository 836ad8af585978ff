import { openMemoryEventStore } from '@tidemark/memory';
import { createIntake, createPlanner, type CompanyPlanner, type Intake } from '@tidemark/runtime';

/** The services of one company in memory: the same code path as a server's. */
export interface SmallHouse {
  readonly company: string;
  readonly intake: Intake;
  readonly planner: CompanyPlanner;
}

export const asking = { principal: 'scenario' } as const;

/** A clock that stands still: no rule reads it. */
const clock = { now: () => 1_700_000_000_000 };

export function buildHouse(company: string): SmallHouse {
  const store = openMemoryEventStore();
  const intake = createIntake({ store, clock });
  const planner = createPlanner({
    store,
    company,
    clock,
    exclusively: (action) => intake.exclusively(company, action),
  });
  return { company, intake, planner };
}
