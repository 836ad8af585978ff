import { CommandFailed, UsedWrongly } from '../outcome.js';

/** Time for a server to answer; streams and runs may take longer. */
const answerMs = 60_000;

export type Body = Readonly<Record<string, unknown>>;

/** A running server, asked over HTTP as its other clients do. */
export class Server {
  readonly #address: string;

  /** @throws UsedWrongly if the address is none of HTTP. */
  constructor(address: string) {
    if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
      throw new UsedWrongly(`--url is ${address}: give an address such as http://127.0.0.1:7400.`);
    }
    this.#address = address.replace(/\/+$/, '');
  }

  /** The body of an answer. @throws CommandFailed with what the server says is wrong. */
  async get(path: string): Promise<Body> {
    const signal = AbortSignal.timeout(answerMs);
    return bodyOf(await this.open(path, { signal }));
  }

  async post(path: string, body?: unknown): Promise<Body> {
    const json = { 'content-type': 'application/json' };
    const more = body === undefined ? {} : { headers: json, body: JSON.stringify(body) };
    return bodyOf(await this.open(path, { method: 'POST', ...more }));
  }

  /** True if this process serves the route: not every role does. */
  async serves(route: string): Promise<boolean> {
    const { paths } = await this.get('/openapi.json');
    return isBody(paths) && route in paths;
  }

  /** The rows of a list, page by page. */
  async *rows(path: string): AsyncGenerator<unknown, void, void> {
    for (let cursor: unknown = ''; typeof cursor === 'string';) {
      const after = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await this.get(`${path}?limit=1000${after}`);
      if (Array.isArray(page['items'])) yield* page['items'];
      cursor = page['cursor'];
    }
  }

  async open(path: string, request: RequestInit): Promise<Response> {
    const response = await fetch(`${this.#address}${path}`, request).catch((thrown: unknown) => {
      const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new CommandFailed(`No server answers at ${this.#address}: ${why}.`);
    });
    if (!response.ok) throw new CommandFailed(await problemOf(response));
    return response;
  }
}

async function bodyOf(response: Response): Promise<Body> {
  const body: unknown = await response.json();
  return isBody(body) ? body : {};
}

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function problemOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!(response.headers.get('content-type') ?? '').includes('json')) {
    return `The server answers ${response.status}.`;
  }
  const body: unknown = JSON.parse(text);
  if (!isBody(body)) return `The server answers ${response.status}.`;
  const { code, detail, remedy } = body;
  return [`${String(code)}: ${String(detail)}`, remedy].filter(Boolean).join(' ');
}

export const companyPath = (company: string): string =>
  `/v1/companies/${encodeURIComponent(company)}`;

export const planPath = (company: string, plan: string): string =>
  `${companyPath(company)}/plans/${encodeURIComponent(plan)}`;
