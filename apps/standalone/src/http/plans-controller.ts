import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { failed, formatPlanDay, success } from '@tidemark/kernel';
import { Companies } from '../house/companies.js';
import type { PlanMoment } from '../house/company.js';
import type { ListName } from '../house/plan-lists.js';
import { refusals } from '../house/refusals.js';
import { companyOf } from './company-door.js';
import type { HttpReply, HttpRequest } from './exchange.js';
import { isUnchanged, standOf } from './fresh.js';
import { keyIn, pageOf } from './paging.js';
import { refuse, valueOf } from './problem.js';
import { ListQuery, PlanQuery, queryPipe } from './queries.js';

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
  readonly #companies: Companies;

  constructor(companies: Companies) {
    this.#companies = companies;
  }

  @Get()
  async plans(@Param('company') name: string): Promise<unknown> {
    const company = companyOf(this.#companies, name);
    const { planner } = company;
    const items = await company.readAll((views) =>
      views.map((view) => ({
        ...standOf(view),
        day: formatPlanDay(view.day),
        isCurrentDynamic: planner.currentPlan('dynamic') === view.definition.id,
        isCurrentStatic: planner.currentPlan('static') === view.definition.id,
        definition: view.definition,
      })),
    );
    const reached = planner.position;
    if (items === undefined) return refuse(refusals.position('the end of the log', reached));
    return { company: name, position: reached, items };
  }

  @Get(':plan/orders')
  orders(
    @Param() place: Place,
    @Query(queryPipe) query: ListQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    return this.#list('orders', { place, query }, { request, reply });
  }

  @Get(':plan/requirements')
  requirements(
    @Param() place: Place,
    @Query(queryPipe) query: ListQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    return this.#list('requirements', { place, query }, { request, reply });
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
    @Query(queryPipe) query: ListQuery,
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

  @Get(':plan/orders/:order/pegging')
  async pegging(
    @Param() { company: name, plan, order }: Place & { readonly order: string },
    @Query(queryPipe) query: PlanQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    const company = companyOf(this.#companies, name);
    const found = await company.read({ plan, ...query }, ({ view, lists }) => {
      const stand = standOf(view);
      const row = lists.list('orders', view.order(order)?.item).find(isOf(order));
      const tree = lists.pegs().treeOf(order);
      if (row === undefined || tree === undefined) return failed(refusals.order(order, plan));
      if (isUnchanged(request, reply, stand)) return success(undefined);
      return success({ ...stand, order: row.row, ...tree });
    });
    return valueOf(valueOf(found));
  }

  async #list(
    list: ListName,
    { place, query }: { readonly place: Place; readonly query: ListQuery },
    { request, reply }: Exchange,
  ): Promise<unknown> {
    const { company: name, plan } = place;
    const company = companyOf(this.#companies, name);
    const { item, minPosition, ...page } = query;
    const wanted = { plan, ...(minPosition === undefined ? {} : { minPosition }) };
    const of = JSON.stringify([name, plan, list, item ?? null]);
    if (page.cursor !== undefined) keyIn(page.cursor, of);
    const answer = ({ view, lists }: PlanMoment): unknown => {
      const stand = standOf(view);
      if (isUnchanged(request, reply, stand)) return undefined;
      return { ...stand, ...pageOf(lists.list(list, item), { of, ...page }) };
    };
    return valueOf(await company.read(wanted, answer));
  }
}

function isOf(order: string) {
  return ({ row }: { readonly row: unknown }): boolean =>
    typeof row === 'object' && row !== null && 'id' in row && row.id === order;
}
