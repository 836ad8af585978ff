import { isCompanyName } from '../companies/served-company.js';
import type { CompanyRegister, ServedCompany } from '../companies/served-company.js';
import { refusals } from '../companies/refusals.js';
import { refuse } from './problem.js';

/** Who sends what comes over HTTP: nobody says so yet. */
export const principal = 'http';

/** A company that has events; 404 otherwise. */
export async function companyOf(companies: CompanyRegister, name: string): Promise<ServedCompany> {
  checkName(name);
  return (await companies.find(name)) ?? refuse(refusals.company(name));
}

export function checkName(name: string): void {
  if (!isCompanyName(name)) refuse(refusals.companyName(name));
}
