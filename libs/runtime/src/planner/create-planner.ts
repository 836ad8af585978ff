import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '@tidemark/streams';
import type { PlannerProcess } from '@tidemark/wire';
import { retriesWith } from '../intake/retries.js';
import type { SnapshotOptions } from '../snapshots/snapshots.js';
import { CompanyPlanner } from './company-planner.js';

export interface CreatePlannerOptions {
  readonly store: EventStore;
  readonly company: string;
  readonly clock: { now(): number };
  /** This process among several that may plan the company; absent: there is no other. */
  readonly process?: PlannerProcess;
  /** Absent: every start folds the log from its beginning. */
  readonly snapshots?: SnapshotOptions;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /**
   * The intake's `exclusively` of the company, where both live in one process. Without it, what is
   * firmed and what comes in at that moment may share the number of an entry; nothing else.
   */
  readonly exclusively?: <Value>(action: () => Promise<Value>) => Promise<Value>;
}

export function createPlanner(options: CreatePlannerOptions): CompanyPlanner {
  const { sleep = pause, exclusively = (action) => action(), ...rest } = options;
  const retries = retriesWith(async (milliseconds) => {
    await sleep(milliseconds);
  });
  return new CompanyPlanner({ ...rest, retries, exclusively });
}
