import { Controller, Get, Res } from '@nestjs/common';
import { Documents } from '../documents/documents.js';
import type { HttpReply } from './exchange.js';

/** What explains the API. */
@Controller()
export class DocumentsController {
  readonly #documents: Documents;

  constructor(documents: Documents) {
    this.#documents = documents;
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
}
