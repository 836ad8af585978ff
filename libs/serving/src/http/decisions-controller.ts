import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { formatPlanDay } from '@tidemark/kernel';
import type { DeskSettled } from '@tidemark/runtime';
import { decodeCommand, decodeRunRequest, writeNamed } from '@tidemark/wire';
import { CompanyRegister } from '../companies/served-company.js';
import { shownSummary } from '../companies/told-revision.js';
import { jsonOf } from './bodies.js';
import { companyOf, principal } from './company-door.js';
import { readPlanCopy, readPromise } from './requests.js';
import { settledOf, valueOf } from './problem.js';

interface SettledAnswer {
  readonly position: string;
  readonly revisions: readonly unknown[];
}

/** What a planner asks for: commands, runs, copies of plans, promises. */
@Controller('v1/companies/:company')
export class DecisionsController {
  readonly #companies: CompanyRegister;

  constructor(companies: CompanyRegister) {
    this.#companies = companies;
  }

  @Post('commands')
  @HttpCode(200)
  async command(@Param('company') name: string, @Body() body: unknown): Promise<SettledAnswer> {
    const company = await companyOf(this.#companies, name);
    const command = valueOf(decodeCommand(jsonOf(body)));
    return answerOf(settledOf(await company.desk.command(command, { principal })));
  }

  /** What the command would record; nothing is. */
  @Post('commands/preview')
  @HttpCode(200)
  async preview(
    @Param('company') name: string,
    @Body() body: unknown,
  ): Promise<{ readonly decisions: unknown }> {
    const company = await companyOf(this.#companies, name);
    const command = valueOf(decodeCommand(jsonOf(body)));
    return { decisions: writeNamed(settledOf(await company.desk.preview(command))) };
  }

  @Post('runs')
  @HttpCode(200)
  async run(@Param('company') name: string, @Body() body: unknown): Promise<SettledAnswer> {
    const company = await companyOf(this.#companies, name);
    const request = valueOf(decodeRunRequest(jsonOf(body)));
    return answerOf(settledOf(await company.desk.run(request, { principal })));
  }

  @Post('plan-copies')
  @HttpCode(200)
  async copy(@Param('company') name: string, @Body() body: unknown): Promise<SettledAnswer> {
    const company = await companyOf(this.#companies, name);
    const { from, to } = readPlanCopy(jsonOf(body));
    return answerOf(settledOf(await company.desk.copyPlan(from, to, { principal })));
  }

  @Post('promises')
  @HttpCode(200)
  async promise(
    @Param('company') name: string,
    @Body() body: unknown,
  ): Promise<{ readonly id: string; readonly date: string; readonly protection: string }> {
    const company = await companyOf(this.#companies, name);
    const request = readPromise(jsonOf(body));
    const { date, protection } = settledOf(await company.desk.promise(request));
    return { id: request.id, date: formatPlanDay(date), protection };
  }
}

function answerOf({ position, revisions }: DeskSettled): SettledAnswer {
  return { position, revisions: revisions.map(shownSummary) };
}
