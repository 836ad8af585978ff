import type { CompanyReader, PlannerDesk } from '@tidemark/runtime';
import { wireLimits } from '@tidemark/wire';
import type { PlanFeed } from './plan-feed.js';

/** A company as its readers and planners see it, wherever it is planned. */
export interface ServedCompany {
  readonly name: string;
  /** What is asked of the planner itself. */
  readonly desk: PlannerDesk;
  /** Everything else is read. */
  readonly reader: CompanyReader;
  /** The revisions of a plan as the log holds them. */
  feed(plan: string): PlanFeed;
}

/** The companies that are served here. */
export abstract class CompanyRegister {
  /** The company of this name, if it has events. */
  abstract find(name: string): Promise<ServedCompany | undefined>;
  abstract names(): readonly string[];
}

/** Whether a text can name a company: see `wireLimits`. */
export function isCompanyName(name: string): boolean {
  return (
    name.length <= wireLimits.companyCharacters && /^[^/%\p{C}]+$/u.test(name) && name.trim() !== ''
  );
}
