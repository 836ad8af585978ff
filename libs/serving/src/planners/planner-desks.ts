import type { PlannerDesk } from '@tidemark/runtime';

/** A desk that is open here, under the term in which its company is planned. */
export interface OpenDesk {
  readonly holder: string;
  readonly desk: PlannerDesk;
}

/** The desks of the companies that are planned in this process now. */
export abstract class PlannerDesks {
  abstract find(company: string): OpenDesk | undefined;
}
