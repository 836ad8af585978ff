import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { readEvents } from '@tidemark/wire';
import type { Readable } from 'node:stream';
import { batchesOfLines } from '../way-in/event-lines.js';
import { Totals, type TakenAnswer } from '../way-in/totals.js';
import { WayIn } from '../way-in/way-in.js';
import { Metrics } from '../operating/metrics.js';
import { isStream, textOf } from './bodies.js';
import { checkName, principal } from './company-door.js';
import { Problem, statuses, valueOf } from './problem.js';
import { problemOf } from './problem-filter.js';
import { EventsQuery, queryPipe } from './queries.js';

/** The way in over HTTP: one event, an array of them, or a stream of lines. */
@Controller('v1/companies/:company/events')
export class EventsController {
  readonly #wayIn: WayIn;
  readonly #metrics: Metrics;

  constructor(wayIn: WayIn, metrics: Metrics) {
    this.#wayIn = wayIn;
    this.#metrics = metrics;
  }

  @Post()
  @HttpCode(200)
  async take(
    @Param('company') company: string,
    @Query(queryPipe) { source }: EventsQuery,
    @Body() body: unknown,
  ): Promise<TakenAnswer> {
    checkName(company);
    const totals = new Totals();
    const take = (events: readonly unknown[]) => this.#take(totals, events, { company, source });
    try {
      if (isStream(body)) await takeLines(body, take);
      else await take(valueOf(readEvents(textOf(body))));
    } catch (thrown) {
      throw withTaken(thrown, totals);
    } finally {
      this.#metrics.taken(company, totals.answer());
    }
    return totals.answer();
  }

  async #take(
    totals: Totals,
    events: readonly unknown[],
    { company, source }: { readonly company: string; readonly source: string | undefined },
  ): Promise<void> {
    const from = source === undefined ? {} : { source };
    const answer = await this.#wayIn.intake.take(company, events, { principal, ...from });
    totals.add(answer, events.length);
    // Something of the company is in the log from now on.
    if (events.length > 0) this.#wayIn.taken(company);
  }
}

async function takeLines(
  body: Readable,
  take: (lines: readonly string[]) => Promise<void>,
): Promise<void> {
  for await (const lines of batchesOfLines(body)) await take(valueOf(lines));
}

/** What was taken before a stream broke off is in the log: the problem says how much. */
function withTaken(thrown: unknown, totals: Totals): unknown {
  if (totals.events === 0) return thrown;
  const problem = problemOf(thrown);
  if (problem.status === statuses.failed) return thrown;
  return new Problem(problem.status, problem.refusal, {
    taken: { events: totals.events, ...totals.answer() },
  });
}
