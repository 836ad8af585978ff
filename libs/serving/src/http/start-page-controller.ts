import { Controller, Get, Res } from '@nestjs/common';
import { Documents } from '../documents/documents.js';
import type { HttpReply } from './exchange.js';

/** The page that shows plans live. */
@Controller()
export class StartPageController {
  readonly #documents: Documents;

  constructor(documents: Documents) {
    this.#documents = documents;
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
