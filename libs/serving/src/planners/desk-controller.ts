import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { refusal } from '@tidemark/kernel';
import type { PlannerDesk } from '@tidemark/runtime';
import {
  deskQuestions,
  deskRelease,
  encodeDeskAnswer,
  readDeskCall,
  type DeskHolder,
  type DeskQuestion,
} from '@tidemark/wire';
import { jsonOf } from '../http/bodies.js';
import type { HttpReply } from '../http/exchange.js';
import { Problem, statuses } from '../http/problem.js';
import { answers } from './desk-questions.js';
import { PlannerDesks } from './planner-desks.js';

/** What other processes of the installation ask the planners of this one. */
@Controller('internal/companies/:company')
export class DeskController {
  readonly #desks: PlannerDesks;

  constructor(desks: PlannerDesks) {
    this.#desks = desks;
  }

  /** Names the term under which the company is planned here; without a name it is not. */
  @Get('planner')
  planner(@Param('company') company: string): DeskHolder {
    const found = this.#desks.find(company);
    return found === undefined ? {} : { holder: found.holder };
  }

  @Post('desk/:question')
  @HttpCode(statuses.done)
  async ask(
    @Param('company') company: string,
    @Param('question') question: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<string> {
    const known = deskQuestions.find((one) => one === question);
    const call = readDeskCall(jsonOf(body));
    if (known === undefined || call === undefined || call.release !== deskRelease) {
      throw otherRelease();
    }
    const desk = this.#deskOf(company, call.holder);
    reply.header('content-type', 'application/json; charset=utf-8');
    return encodeDeskAnswer(await answerOf(known, desk, call.asked));
  }

  #deskOf(company: string, holder: string): PlannerDesk {
    const found = this.#desks.find(company);
    if (found?.holder === holder) return found.desk;
    const message = `Company ${company} is not planned here under the term ${holder}.`;
    const remedy = 'Read in the log who plans it, and ask there.';
    throw new Problem(statuses.misdirected, refusal('NOT_HOLDER', message, { remedy }));
  }
}

function answerOf(
  question: DeskQuestion,
  desk: PlannerDesk,
  asked: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  return answers[question](desk, asked);
}

function otherRelease(): Problem {
  const message = `The desk of this planner is of release ${deskRelease} and does not know that.`;
  const remedy = 'Run the roles of an installation in the same release.';
  return new Problem(statuses.badRequest, refusal('OTHER_RELEASE', message, { remedy }));
}
