import { readFileSync } from 'node:fs';
import { asyncapiDocument } from './asyncapi.js';
import { openapiDocument } from './openapi.js';

// From src/documents and from dist/documents alike.
const page = new URL('../../page/index.html', import.meta.url);

/** What the installation says of itself: made once, served as text. */
export class Documents {
  readonly openapi = JSON.stringify(openapiDocument());
  readonly asyncapi = JSON.stringify(asyncapiDocument());
  readonly page = readFileSync(page, 'utf8');
}
