import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** What the edge needs of a request of the web server. */
export interface HttpRequest {
  readonly raw: IncomingMessage;
  readonly headers: IncomingHttpHeaders;
  readonly method: string;
  readonly url: string;
}

/** What the edge needs of an answer. */
export interface HttpReply {
  readonly raw: ServerResponse;
  readonly elapsedTime: number;
  readonly statusCode: number;
  code(status: number): HttpReply;
  header(name: string, value: string): HttpReply;
  send(body?: unknown): unknown;
  /** From here on the handler writes to `raw` itself. */
  hijack(): unknown;
}

type Parsed = (failure: Error | null, body?: unknown) => void;

/** What is set up once on the web server. */
export interface HttpServer {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    type: readonly string[],
    options: { readonly parseAs: 'buffer' },
    parse: (request: unknown, body: Uint8Array, done: Parsed) => void,
  ): unknown;
  addContentTypeParser(
    type: readonly string[],
    parse: (request: unknown, body: IncomingMessage, done: Parsed) => void,
  ): unknown;
  addHook(
    name: 'onRoute',
    hook: (route: { readonly method: string | string[]; readonly url: string }) => void,
  ): unknown;
  addHook(
    name: 'onRequest',
    hook: (request: HttpRequest, reply: HttpReply, done: () => void) => void,
  ): unknown;
  addHook(
    name: 'onResponse',
    hook: (request: RoutedRequest, reply: HttpReply, done: () => void) => void,
  ): unknown;
}

export interface RoutedRequest extends HttpRequest {
  readonly routeOptions: { readonly url?: string };
}
