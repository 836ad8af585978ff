import { openMemoryEventStore } from '@tidemark/memory';
import type { EventStore } from '@tidemark/streams';
import { createIntake, createPlanner, type CompanyPlanner, type Intake } from '@tidemark/runtime';

/** The services of one company on a log of its own: the same code path as a server's. */
export interface SmallHouse {
  readonly company: string;
  readonly store: EventStore;
  readonly intake: Intake;
  readonly planner: CompanyPlanner;
}

export const asking = { principal: 'scenario' } as const;

/** A clock that stands still: no rule reads it. */
const clock = { now: () => 1_700_000_000_000 };

/** Default: the log is in memory. */
export function buildHouse(
  company: string,
  store: EventStore = openMemoryEventStore(),
): SmallHouse {
  const intake = createIntake({ store, clock });
  const planner = createPlanner({
    store,
    company,
    clock,
    exclusively: (action) => intake.exclusively(company, action),
  });
  return { company, store, intake, planner };
}
