import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { planLists } from '@tidemark/runtime';
import { CompanyRegister } from '../companies/served-company.js';
import type { PlanFeed } from '../companies/plan-feed.js';
import { refusals } from '../companies/refusals.js';
import { Subscribers } from '../operating/subscribers.js';
import { toldRevision } from '../companies/told-revision.js';
import { wireRefusal } from '@tidemark/wire';
import { tellChanges } from './change-stream.js';
import { companyOf } from './company-door.js';
import type { HttpReply, HttpRequest } from './exchange.js';
import { isUnchanged } from './fresh.js';
import { afterIn, pageOf } from './paging.js';
import { Problem, refuse, statuses, valueOf } from './problem.js';
import { ChangesQuery, CompanyListQuery, pageLimits, queryPipe } from './queries.js';

interface Place {
  readonly company: string;
  readonly plan: string;
}

/** What a plan has published: its revisions, and each change as it comes. */
@Controller('v1/companies/:company/plans/:plan')
export class RevisionsController {
  readonly #companies: CompanyRegister;
  readonly #subscribers: Subscribers;

  constructor(companies: CompanyRegister, subscribers: Subscribers) {
    this.#companies = companies;
    this.#subscribers = subscribers;
  }

  @Get('revisions')
  async revisions(
    @Param() place: Place,
    @Query(queryPipe) { cursor, limit = pageLimits.revisions, ...more }: CompanyListQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    const { reader } = await companyOf(this.#companies, place.company);
    const of = JSON.stringify([place.company, place.plan, 'revisions']);
    const after = afterIn(cursor, { of, columns: planLists.revisions.orderBy.length });
    const page = { limit: Math.min(limit, pageLimits.revisions), ...after };
    const wanted = { plan: place.plan, list: 'revisions', ...more } as const;
    const answer = await reader.plan(wanted, async (moment): Promise<unknown> => {
      if (isUnchanged(request, reply, moment.stand)) return undefined;
      return { ...moment.stand, ...pageOf(await moment.revisions(page), of) };
    });
    return valueOf(answer);
  }

  @Get('revisions/:revision')
  async revision(@Param() place: Place & { readonly revision: string }): Promise<unknown> {
    const feed = await this.#feedOf(place);
    const wanted = /^\d{1,15}$/.test(place.revision) ? Number(place.revision) : 0;
    if (wanted > 0) {
      for await (const revision of feed.after(wanted - 1)) {
        if (revision.revision === wanted) return toldRevision(revision, {});
        break;
      }
    }
    return refuse(refusals.revision(place.revision, await feed.last()));
  }

  /** Server-sent events, numbered by the plan's revision. */
  @Get('changes')
  async changes(
    @Param() place: Place,
    @Query(queryPipe) query: ChangesQuery,
    @Req() request: HttpRequest,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const feed = await this.#feedOf(place);
    const last = await feed.last();
    const { from = last, ...filter } = query;
    const after = lastEventId(request) ?? from;
    if (after > last) {
      throw new Problem(statuses.conflict, refusals.revision(String(after), last));
    }
    const { signal } = this.#subscribers;
    await this.#subscribers.during(() =>
      tellChanges({ request, reply }, feed, { after, filter, signal }),
    );
  }

  async #feedOf({ company: name, plan }: Place): Promise<PlanFeed> {
    const company = await companyOf(this.#companies, name);
    const refused = await company.reader.checkPlan(plan);
    return refused === undefined ? company.feed(plan) : refuse(refused);
  }
}

/** What a reader that comes back has seen last. */
function lastEventId({ headers }: HttpRequest): number | undefined {
  const given = headers['last-event-id'];
  if (given === undefined || given === '') return undefined;
  const text = String(given);
  if (/^\d{1,15}$/.test(text)) return Number(text);
  return refuse(
    wireRefusal({
      rule: 'BAD_EVENT_ID',
      field: 'Last-Event-ID',
      message: `Last-Event-ID ${JSON.stringify(text.slice(0, 80))} is no revision of a plan.`,
      remedy: 'Send the id of the last event that you have seen, or leave it out.',
    }),
  );
}
