import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { formatQuantity } from '@tidemark/kernel';
import type { FindingEffect, PlanFigures } from '@tidemark/planning';
import { explosionEdges } from '@tidemark/projections';
import type { OfRevision, PlannerDesk } from '@tidemark/runtime';
import { writeNamed } from '@tidemark/wire';
import { CompanyRegister } from '../companies/served-company.js';
import { companyOf } from './company-door.js';
import type { HttpReply, HttpRequest } from './exchange.js';
import { isUnchanged } from './fresh.js';
import { valueOf } from './problem.js';
import { PlanQuery, queryPipe, ShortagesQuery } from './queries.js';

interface Place {
  readonly company: string;
  readonly plan: string;
}

/** What readers ask besides lists: mostly worked out by the planner, when asked. */
@Controller('v1/companies/:company/plans/:plan')
export class QuestionsController {
  readonly #companies: CompanyRegister;

  constructor(companies: CompanyRegister) {
    this.#companies = companies;
  }

  /** Settings that deserve a warning, each with what its proposal would change (section 20). */
  @Get('findings')
  findings(@Param() place: Place): Promise<unknown> {
    return this.#ask(
      place,
      (desk) => desk.findings(place.plan),
      (findings) => ({
        items: findings.map(({ effect, ...finding }) => ({
          ...finding,
          effect: shownEffect(effect),
        })),
        total: findings.length,
      }),
    );
  }

  /** What demands lack through all levels, by item (MO-21). */
  @Get('shortages')
  shortages(@Param() place: Place, @Query(queryPipe) { demand }: ShortagesQuery): Promise<unknown> {
    return this.#ask(
      place,
      (desk) => desk.shortages(place.plan, demand),
      (rows) => ({
        items: rows.map(({ onHand, ...row }) => ({
          ...named(row),
          onHand: formatQuantity(onHand),
        })),
        total: rows.length,
      }),
    );
  }

  /** The orders that must be completed for a demand; the demands that hang on an order (MO-20). */
  @Get('explosions/:of')
  async explosion(
    @Param() { company, plan, of }: Place & { readonly of: string },
    @Query(queryPipe) query: PlanQuery,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<unknown> {
    const { reader } = await companyOf(this.#companies, company);
    const wanted = { plan, list: explosionEdges, ...query };
    const told = await reader.plan(wanted, async (moment) => {
      if (isUnchanged(request, reply, moment.stand)) return undefined;
      return { ...moment.stand, of, ...(await moment.explosion(of)) };
    });
    return valueOf(told);
  }

  async #ask<Answer>(
    { company: name, plan }: Place,
    ask: (desk: PlannerDesk) => Promise<OfRevision<Answer> | undefined>,
    show: (answer: Answer) => object,
  ): Promise<unknown> {
    const { desk, reader } = await companyOf(this.#companies, name);
    const told = await ask(desk);
    if (told === undefined) return valueOf(await reader.plan({ plan, list: 'orders' }, none));
    const { answer, ...stand } = told;
    return { ...stand, ...show(answer) };
  }
}

function named(row: object): object {
  const written = writeNamed(row);
  return typeof written === 'object' && written !== null ? written : {};
}

/** The reader knows why there is no such plan. */
const none = (): Promise<undefined> => Promise.resolve(undefined);

function shownEffect(effect: FindingEffect): unknown {
  if (effect.kind === 'notComputed') return effect;
  const { kind, present, proposed } = effect;
  return { kind, present: shownFigures(present), proposed: shownFigures(proposed) };
}

function shownFigures({ stock, ...figures }: PlanFigures) {
  return { ...figures, stock: formatQuantity(stock) };
}
