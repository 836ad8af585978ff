import { Controller, Get, Param, Query } from '@nestjs/common';
import { journalsList, stockList, type ListedTable } from '@tidemark/projections';
import { CompanyRegister } from '../companies/served-company.js';
import { companyOf } from './company-door.js';
import { afterIn, pageOf } from './paging.js';
import { valueOf } from './problem.js';
import { ListQuery, pageLimits, queryPipe } from './queries.js';

/** Lists of a company that belong to no plan: what its journals say. */
@Controller('v1/companies/:company')
export class CompanyListsController {
  readonly #companies: CompanyRegister;

  constructor(companies: CompanyRegister) {
    this.#companies = companies;
  }

  @Get('stock')
  stock(@Param('company') company: string, @Query(queryPipe) query: ListQuery): Promise<unknown> {
    return this.#list(company, { list: stockList, query });
  }

  @Get('journals')
  journals(
    @Param('company') company: string,
    @Query(queryPipe) query: ListQuery,
  ): Promise<unknown> {
    return this.#list(company, { list: journalsList, query });
  }

  async #list(
    company: string,
    { list, query }: { readonly list: ListedTable; readonly query: ListQuery },
  ): Promise<unknown> {
    const { reader } = await companyOf(this.#companies, company);
    const { cursor, limit = pageLimits.rowsDefault, item, minPosition } = query;
    const where = item === undefined ? {} : { item };
    const of = JSON.stringify([company, list.table, where]);
    const after = afterIn(cursor, { of, columns: list.orderBy.length });
    const least = minPosition === undefined ? {} : { minPosition };
    const found = valueOf(await reader.list(list, { where, limit, ...after, ...least }));
    return { position: found.position, ...pageOf(found, of) };
  }
}
