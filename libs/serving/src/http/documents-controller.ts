import { Controller, Get, Res } from '@nestjs/common';
import { apiPage, apiPageScript, apiPageStyle } from '../documents/api-page.js';
import { Documents } from '../documents/documents.js';
import type { HttpReply } from './exchange.js';

// Swagger UI draws with styles and pictures within the page.
const apiPagePolicy =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

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

  @Get('openapi')
  page(@Res({ passthrough: true }) reply: HttpReply): string {
    reply.header('content-type', 'text/html; charset=utf-8');
    reply.header('content-security-policy', apiPagePolicy);
    return apiPage;
  }

  @Get('openapi/swagger-ui.css')
  style(@Res({ passthrough: true }) reply: HttpReply): string {
    reply.header('content-type', 'text/css; charset=utf-8');
    return apiPageStyle();
  }

  @Get('openapi/swagger-ui-bundle.js')
  script(@Res({ passthrough: true }) reply: HttpReply): string {
    reply.header('content-type', 'text/javascript; charset=utf-8');
    return apiPageScript();
  }

  @Get('asyncapi.json')
  asyncapi(@Res({ passthrough: true }) reply: HttpReply): string {
    reply.header('content-type', 'application/json; charset=utf-8');
    return this.#documents.asyncapi;
  }
}
