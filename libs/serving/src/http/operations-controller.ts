import { Controller, Get, Res } from '@nestjs/common';
import { refusal } from '@tidemark/kernel';
import { Documents } from '../documents/documents.js';
import { Companies } from '../house/companies.js';
import { ReadModelKeeper } from '../house/read-model-keeper.js';
import { Metrics } from '../metrics.js';
import type { HttpReply } from './exchange.js';
import { Problem, statuses } from './problem.js';

/** What operates an installation, and what explains it. */
@Controller()
export class OperationsController {
  readonly #companies: Companies;
  readonly #keeper: ReadModelKeeper;
  readonly #metrics: Metrics;
  readonly #documents: Documents;

  constructor(
    companies: Companies,
    keeper: ReadModelKeeper,
    metrics: Metrics,
    documents: Documents,
  ) {
    this.#keeper = keeper;
    this.#companies = companies;
    this.#metrics = metrics;
    this.#documents = documents;
  }

  @Get('health/live')
  live(): { readonly status: 'up' } {
    return { status: 'up' };
  }

  @Get('health/ready')
  ready(): { readonly status: 'ready'; readonly companies: readonly string[] } {
    if (this.#companies.isReady && this.#keeper.isReady) {
      return { status: 'ready', companies: this.#companies.names() };
    }
    const message = 'Plans or read models are being folded from the log, or have stopped.';
    const remedy = 'Ask again in a moment; the log of the server says which.';
    throw new Problem(statuses.unavailable, refusal('NOT_READY', message, { remedy }));
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: HttpReply): Promise<string> {
    reply.header('content-type', this.#metrics.contentType);
    return this.#metrics.text();
  }

  @Get('openapi.json')
  openapi(@Res({ passthrough: true }) reply: HttpReply): string {
    reply.header('content-type', 'application/json; charset=utf-8');
    return this.#documents.openapi;
  }

  @Get('asyncapi.json')
  asyncapi(@Res({ passthrough: true }) reply: HttpReply): string {
    reply.header('content-type', 'application/json; charset=utf-8');
    return this.#documents.asyncapi;
  }

  @Get('v1/companies')
  companies(): { readonly items: readonly string[] } {
    return { items: this.#companies.names() };
  }

  @Get()
  page(@Res({ passthrough: true }) reply: HttpReply): string {
    reply.header('content-type', 'text/html; charset=utf-8');
    // Everything the page needs is in it.
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'",
    );
    return this.#documents.page;
  }
}
