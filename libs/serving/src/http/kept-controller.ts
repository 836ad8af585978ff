import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { lettersList, parkedList, type ListedTable } from '@tidemark/projections';
import { readJson } from '@tidemark/wire';
import { CompanyRegister } from '../companies/served-company.js';
import { refusals } from '../companies/refusals.js';
import { WayIn } from '../way-in/way-in.js';
import { Totals, type TakenAnswer } from '../way-in/totals.js';
import { textOf } from './bodies.js';
import { companyOf, principal } from './company-door.js';
import { afterIn, pageOf, type Page } from './paging.js';
import { refuse, valueOf } from './problem.js';
import { CompanyListQuery, EventsQuery, pageLimits, queryPipe } from './queries.js';

/** Events that are kept: refused ones with their reason, and those that wait for something. */
@Controller('v1/companies/:company')
export class KeptController {
  readonly #companies: CompanyRegister;
  readonly #wayIn: WayIn;

  constructor(companies: CompanyRegister, wayIn: WayIn) {
    this.#companies = companies;
    this.#wayIn = wayIn;
  }

  @Get('dead-letters')
  async deadLetters(
    @Param('company') company: string,
    @Query(queryPipe) query: CompanyListQuery,
  ): Promise<Page> {
    return this.#list(company, { list: lettersList, query });
  }

  @Get('parked')
  async parked(
    @Param('company') company: string,
    @Query(queryPipe) query: CompanyListQuery,
  ): Promise<Page> {
    return this.#list(company, { list: parkedList, query });
  }

  /** Takes the corrected event of the body, or without one the letter's own text once more. */
  @Post('dead-letters/:letter/send-again')
  @HttpCode(200)
  async sendAgain(
    @Param('company') company: string,
    @Param('letter') letter: string,
    @Query(queryPipe) query: EventsQuery,
    @Body() body: unknown,
  ): Promise<TakenAnswer> {
    const kept = await this.#letterOf(company, letter);
    const hasBody = body instanceof Uint8Array && body.length > 0;
    const event = hasBody ? valueOf(readJson(textOf(body))) : kept.text;
    const source = query.source ?? kept.source;
    const from = source === undefined ? {} : { source };
    const totals = new Totals();
    const answer = await this.#wayIn.intake.sendAgain({ company, id: letter }, event, {
      principal,
      ...from,
    });
    totals.add(answer, 1);
    return totals.answer();
  }

  @Post('dead-letters/:letter/give-up')
  @HttpCode(200)
  async giveUp(
    @Param('company') company: string,
    @Param('letter') letter: string,
  ): Promise<{ readonly letter: string; readonly givenUp: true }> {
    await companyOf(this.#companies, company);
    const isSettled = await this.#wayIn.intake.giveUp({ company, id: letter }, { principal });
    return isSettled ? { letter, givenUp: true } : refuse(refusals.letter(letter));
  }

  async #list(
    company: string,
    { list, query }: { readonly list: ListedTable; readonly query: CompanyListQuery },
  ): Promise<Page> {
    const { reader } = await companyOf(this.#companies, company);
    const { cursor, limit = pageLimits.rowsDefault, ...more } = query;
    const of = JSON.stringify([company, list.table]);
    const after = afterIn(cursor, { of, columns: list.orderBy.length });
    return pageOf(valueOf(await reader.list(list, { limit, ...after, ...more })), of);
  }

  async #letterOf(company: string, id: string) {
    await companyOf(this.#companies, company);
    const letters = await this.#wayIn.intake.deadLetters(company);
    return letters.find((letter) => letter.id === id) ?? refuse(refusals.letter(id));
  }
}
