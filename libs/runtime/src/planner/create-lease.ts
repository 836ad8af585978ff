import { setTimeout as pause } from 'node:timers/promises';
import { retriesWith } from '../intake/retries.js';
import { PlannerLease, type LeaseOptions } from './lease.js';

/** A lease whose calls are tried again, as those of a planner are, when the store is away. */
export function createLease(options: Omit<LeaseOptions, 'retries'>): PlannerLease {
  const retries = retriesWith(async (milliseconds) => {
    await pause(milliseconds);
  });
  return new PlannerLease({ ...options, retries });
}
