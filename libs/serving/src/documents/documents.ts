import { readFileSync } from 'node:fs';
import { asyncapiDocument } from './asyncapi.js';
import type { Operation } from './operation.js';
import { openapiDocument } from './openapi.js';

// From src/documents and from dist/documents alike.
const page = new URL('../../page/index.html', import.meta.url);

/** What a server says of itself: made once, served as text. */
export class Documents {
  readonly openapi: string;
  readonly asyncapi = JSON.stringify(asyncapiDocument());
  readonly page = readFileSync(page, 'utf8');

  constructor(operations: readonly Operation[]) {
    this.openapi = JSON.stringify(openapiDocument(operations));
  }
}
