import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { Companies } from '../house/companies.js';
import type { PlanFeed } from '../house/plan-feed.js';
import { refusals } from '../house/refusals.js';
import { Subscribers } from '../house/subscribers.js';
import { headOf, toldRevision } from '../house/told-revision.js';
import { wireRefusal } from '@tidemark/wire';
import { tellChanges } from './change-stream.js';
import { companyOf } from './company-door.js';
import type { HttpReply, HttpRequest } from './exchange.js';
import { isUnchanged } from './fresh.js';
import { cursorOf, keyIn } from './paging.js';
import { Problem, refuse, statuses } from './problem.js';
import { ChangesQuery, PageQuery, pageLimits, queryPipe } from './queries.js';

interface Place {
  readonly company: string;
  readonly plan: string;
}

/** What a plan has published: its revisions, and each change as it comes. */
@Controller('v1/companies/:company/plans/:plan')
export class RevisionsController {
  readonly #companies: Companies;
  readonly #subscribers: Subscribers;

  constructor(companies: Companies, subscribers: Subscribers) {
    this.#companies = companies;
    this.#subscribers = subscribers;
  }

  @Get('revisions')
  async revisions(
    @Param() place: Place,
    @Query(queryPipe) { cursor, limit = pageLimits.revisions }: PageQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    const feed = await this.#feedOf(place);
    const of = JSON.stringify([place.company, place.plan, 'revisions']);
    const after = cursor === undefined ? 0 : Number(keyIn(cursor, of));
    if (!Number.isSafeInteger(after)) return refuse(refusals.cursor(cursor ?? ''));
    const last = await feed.last();
    if (isUnchanged(request, reply, { revision: last, tidemark: '' })) return undefined;
    const items: unknown[] = [];
    let shown = after;
    const most = Math.min(limit, pageLimits.revisions);
    for await (const revision of feed.after(after)) {
      items.push(headOf(revision));
      shown = revision.revision;
      if (items.length >= most) break;
    }
    const more = shown < last ? { cursor: cursorOf(of, String(shown)) } : {};
    return { plan: place.plan, revision: last, items, ...more };
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
    const company = companyOf(this.#companies, name);
    const known = await company.readAll((views) => views.map(({ definition }) => definition.id));
    if (known?.includes(plan) === true) return company.feed(plan);
    return refuse(refusals.plan(plan, known ?? []));
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
