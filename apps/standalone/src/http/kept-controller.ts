import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { compareText } from '@tidemark/kernel';
import { readJson } from '@tidemark/wire';
import { Companies } from '../house/companies.js';
import { refusals } from '../house/refusals.js';
import { Totals, type TakenAnswer } from '../house/totals.js';
import { textOf } from './bodies.js';
import { companyOf, principal } from './company-door.js';
import { pageOf, type Page } from './paging.js';
import { refuse, valueOf } from './problem.js';
import { EventsQuery, PageQuery, queryPipe } from './queries.js';

/** Events that are kept: refused ones with their reason, and those that wait for something. */
@Controller('v1/companies/:company')
export class KeptController {
  readonly #companies: Companies;

  constructor(companies: Companies) {
    this.#companies = companies;
  }

  @Get('dead-letters')
  async deadLetters(
    @Param('company') company: string,
    @Query(queryPipe) query: PageQuery,
  ): Promise<Page> {
    companyOf(this.#companies, company);
    return pageOf(listedById(await this.#companies.intake.deadLetters(company)), {
      of: 'dead-letters',
      ...query,
    });
  }

  @Get('parked')
  async parked(
    @Param('company') company: string,
    @Query(queryPipe) query: PageQuery,
  ): Promise<Page> {
    companyOf(this.#companies, company);
    return pageOf(listedById(await this.#companies.intake.parked(company)), {
      of: 'parked',
      ...query,
    });
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
    const answer = await this.#companies.intake.sendAgain({ company, id: letter }, event, {
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
    companyOf(this.#companies, company);
    const isSettled = await this.#companies.intake.giveUp({ company, id: letter }, { principal });
    return isSettled ? { letter, givenUp: true } : refuse(refusals.letter(letter));
  }

  async #letterOf(company: string, id: string) {
    companyOf(this.#companies, company);
    const letters = await this.#companies.intake.deadLetters(company);
    return letters.find((letter) => letter.id === id) ?? refuse(refusals.letter(id));
  }
}

function listedById<Row extends { readonly id: string }>(rows: readonly Row[]) {
  return rows
    .map((row) => ({ key: row.id, row }))
    .sort((left, right) => compareText(left.key, right.key));
}
