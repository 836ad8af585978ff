import { Companies, isCompanyName } from '../house/companies.js';
import type { Company } from '../house/company.js';
import { refusals } from '../house/refusals.js';
import { refuse } from './problem.js';

/** Who sends what comes over HTTP: nobody says so yet. */
export const principal = 'http';

/** A company that has events; 404 otherwise. */
export function companyOf(companies: Companies, name: string): Company {
  checkName(name);
  return companies.find(name) ?? refuse(refusals.company(name));
}

export function checkName(name: string): void {
  if (!isCompanyName(name)) refuse(refusals.companyName(name));
}
