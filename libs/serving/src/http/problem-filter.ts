import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { refusal } from '@tidemark/kernel';
import { PlannerReplaced } from '@tidemark/runtime';
import { Outage, ReadModelNotReady, StoreClosed } from '@tidemark/streams';
import type { Logger } from '../operating/log.js';
import type { HttpReply, HttpRequest } from './exchange.js';
import { Problem, problemBody, problemType, statuses } from './problem.js';

const retryAfterSeconds = '1';

/** Every failure of a request becomes a problem answer; what is a defect is logged whole. */
@Catch()
export class ProblemFilter implements ExceptionFilter<unknown> {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<HttpRequest>();
    const reply = http.getResponse<HttpReply>();
    const problem = problemOf(thrown);
    const { status } = problem;
    if (status >= statuses.failed) {
      this.#log.error({ err: thrown, url: request.url, status }, 'A request failed');
    }
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (status === statuses.unavailable || status === statuses.timeout) {
      reply.header('retry-after', retryAfterSeconds);
    }
    const path = request.url.split('?')[0] ?? '';
    reply.code(status).header('content-type', problemType);
    reply.send(JSON.stringify(problemBody(problem, path)));
  }
}

export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof Outage) {
    const code = thrown.code === 'overloaded' ? 'OVERLOADED' : 'STORE_UNAVAILABLE';
    const remedy = 'Send the same request again in a moment: repeats count once.';
    return new Problem(statuses.unavailable, refusal(code, thrown.message, { remedy }));
  }
  if (thrown instanceof StoreClosed) {
    const remedy = 'Send the request again when the server is up.';
    return new Problem(statuses.unavailable, refusal('STOPPING', 'The server stops.', { remedy }));
  }
  if (thrown instanceof PlannerReplaced) {
    const remedy = 'It may have been recorded: look at the plan before you send it again.';
    return new Problem(
      statuses.unavailable,
      refusal('PLANNER_REPLACED', thrown.message, { remedy }),
    );
  }
  if (thrown instanceof ReadModelNotReady) {
    const remedy = 'Ask again in a moment: it is folded from the log.';
    return new Problem(
      statuses.unavailable,
      refusal('READ_MODEL_NOT_READY', thrown.message, { remedy }),
    );
  }
  const status = statusOf(thrown);
  if (status === undefined || status >= statuses.failed) {
    const message = 'The server failed on this request; its log says why.';
    return new Problem(statuses.failed, refusal('DEFECT', message, { remedy: 'Report it.' }));
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const remedy = 'See /openapi.json for the routes and what they take.';
  return new Problem(status, refusal(codeOf(status), message, { remedy }));
}

/** Failures of the web server itself say their status. */
function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (typeof thrown !== 'object' || thrown === null || !('statusCode' in thrown)) return undefined;
  return typeof thrown.statusCode === 'number' ? thrown.statusCode : undefined;
}

function codeOf(status: number): string {
  if (status === statuses.notFound) return 'UNKNOWN_ROUTE';
  if (status === statuses.mediaType) return 'MEDIA_TYPE';
  return status === statuses.tooLarge ? 'TOO_LONG' : 'BAD_REQUEST';
}
