import type { StoredContent } from './planner-events.js';

/** A process that plans a company, or did. */
export interface PlannerProcess {
  readonly company: string;
  /** Names the process: no two share it. */
  readonly holder: string;
  /** Where it answers, such as `http://10.0.0.7:7402`. */
  readonly address: string;
}

/**
 * From here on this process plans the company. Stands in the company's stream of planners, and once
 * more in every stream that a planner writes to, so that the one before finds it there and stops.
 */
export function encodeTakeover({ company, holder, address }: PlannerProcess): StoredContent {
  return { type: 'PlannerTookOver', data: { company, holder, address } };
}

/** The process has stopped planning by its own will: another one need not wait. */
export function encodeLeaving({ company, holder, address }: PlannerProcess): StoredContent {
  return { type: 'PlannerLeft', data: { company, holder, address } };
}
