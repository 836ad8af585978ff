import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { failed, success } from '@tidemark/kernel';
import { planLists, type PlanListName } from '@tidemark/runtime';
import { CompanyRegister } from '../companies/served-company.js';
import type { ServedCompany } from '../companies/served-company.js';
import { refusals } from '../companies/refusals.js';
import { companyOf } from './company-door.js';
import type { HttpReply, HttpRequest } from './exchange.js';
import { isUnchanged } from './fresh.js';
import { filtersOf } from './list-filters.js';
import { afterIn, pageOf } from './paging.js';
import { valueOf } from './problem.js';
import {
  ListQuery,
  MessagesQuery,
  OrdersQuery,
  pageLimits,
  PlanQuery,
  queryPipe,
} from './queries.js';

interface Exchange {
  readonly request: HttpRequest;
  readonly reply: HttpReply;
}

interface Place {
  readonly company: string;
  readonly plan: string;
}

/** The plans of a company and their lists; each answer is of one revision. */
@Controller('v1/companies/:company/plans')
export class PlansController {
  readonly #companies: CompanyRegister;

  constructor(companies: CompanyRegister) {
    this.#companies = companies;
  }

  @Get()
  async plans(
    @Param('company') name: string,
    @Query(queryPipe) { minPosition }: PlanQuery,
  ): Promise<unknown> {
    const { reader } = await companyOf(this.#companies, name);
    return { company: name, ...valueOf(await reader.plans(minPosition)) };
  }

  @Get(':plan/orders')
  orders(
    @Param() place: Place,
    @Query(queryPipe) query: OrdersQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    return this.#list('orders', { place, query }, { request, reply });
  }

  @Get(':plan/requirements')
  async requirements(
    @Param() place: Place,
    @Query(queryPipe) query: ListQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    const { item } = query;
    if (item === undefined) return this.#list('requirements', { place, query }, { request, reply });
    const asked = { place, query };
    const company = await companyOf(this.#companies, place.company);
    const overlaid = await this.#overlaid(company, { ...asked, item }, { request, reply });
    return overlaid === undefined
      ? this.#list('requirements', asked, { request, reply })
      : overlaid.answer;
  }

  @Get(':plan/coverage')
  coverage(
    @Param() place: Place,
    @Query(queryPipe) query: ListQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    return this.#list('coverage', { place, query }, { request, reply });
  }

  @Get(':plan/messages')
  messages(
    @Param() place: Place,
    @Query(queryPipe) query: MessagesQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    return this.#list('messages', { place, query }, { request, reply });
  }

  @Get(':plan/stock')
  stock(
    @Param() place: Place,
    @Query(queryPipe) query: ListQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    return this.#list('stock', { place, query }, { request, reply });
  }

  @Get(':plan/churn')
  churn(
    @Param() place: Place,
    @Query(queryPipe) query: ListQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    return this.#list('churn', { place, query }, { request, reply });
  }

  @Get(':plan/orders/:order/pegging')
  async pegging(
    @Param() { company: name, plan, order }: Place & { readonly order: string },
    @Query(queryPipe) query: PlanQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    const { reader } = await companyOf(this.#companies, name);
    const wanted = { plan, list: 'coverage', ...query } as const;
    const found = await reader.plan(wanted, async (moment) => {
      const tree = await moment.pegging(order);
      if (tree === undefined) return failed(refusals.order(order, plan));
      if (isUnchanged(request, reply, moment.stand)) return success(undefined);
      return success({ ...moment.stand, ...tree });
    });
    return valueOf(valueOf(found));
  }

  async #list(
    list: PlanListName,
    { place, query }: { readonly place: Place; readonly query: ListQuery },
    { request, reply }: Exchange,
  ): Promise<unknown> {
    const { company: name, plan } = place;
    const { reader } = await companyOf(this.#companies, name);
    const { limit = pageLimits.rowsDefault, cursor, minPosition } = query;
    const filters = filtersOf(list, query);
    const of = JSON.stringify([name, plan, list, filters]);
    const columns = planLists[list].orderBy.length;
    const page = { ...filters, limit, ...afterIn(cursor, { of, columns }) };
    const wanted = { plan, list, ...(minPosition === undefined ? {} : { minPosition }) };
    const answer = await reader.plan(wanted, async (moment): Promise<unknown> => {
      if (isUnchanged(request, reply, moment.stand)) return undefined;
      return { ...moment.stand, ...pageOf(await moment.page(list, page), of) };
    });
    return valueOf(answer);
  }

  /** The profile of an item with what its plan has not folded, if there may be such entries. */
  async #overlaid(
    { name, reader }: ServedCompany,
    {
      place: { plan },
      query: { limit = pageLimits.rowsDefault, cursor, minPosition },
      item,
    }: { readonly place: Place; readonly query: ListQuery; readonly item: string },
    { request, reply }: Exchange,
  ): Promise<{ readonly answer: unknown } | undefined> {
    const filters = filtersOf('requirements', { item });
    const of = JSON.stringify([name, plan, 'requirements', filters]);
    const columns = planLists.requirements.orderBy.length;
    const page = { limit, ...afterIn(cursor, { of, columns }) };
    const wanted = minPosition === undefined ? { plan, item } : { plan, item, minPosition };
    const overlaid = valueOf(await reader.overlaid(wanted, page));
    if (overlaid === undefined) return undefined;
    const { stand, position, ...rows } = overlaid;
    // Entries come without a revision: the tag names the last of them.
    const tidemark = `${stand.tidemark}-${position}`;
    if (isUnchanged(request, reply, { ...stand, tidemark })) return { answer: undefined };
    return { answer: { ...stand, ...pageOf(rows, of) } };
  }
}
