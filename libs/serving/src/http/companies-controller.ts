import { Controller, Get } from '@nestjs/common';
import { CompanyRegister } from '../companies/served-company.js';

/** Which companies there are. */
@Controller('v1/companies')
export class CompaniesController {
  readonly #companies: CompanyRegister;

  constructor(companies: CompanyRegister) {
    this.#companies = companies;
  }

  @Get()
  companies(): { readonly items: readonly string[] } {
    return { items: this.#companies.names() };
  }
}
