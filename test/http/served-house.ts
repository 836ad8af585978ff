import { jest } from '@jest/globals';
import { createLog } from '@tidemark/serving';
import { startStandalone, type Standalone } from '@tidemark/standalone';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Json = Record<string, unknown>;

/** An answer as a caller sees it. */
export interface Answer<Body> {
  readonly status: number;
  readonly type: string;
  readonly etag: string;
  readonly body: Body;
}

/** The whole system on a folder of its own, and a caller of its API. */
export interface ServedHouse extends Standalone {
  readonly failures: readonly unknown[];
  get<Body = Json>(path: string, headers?: Record<string, string>): Promise<Answer<Body>>;
  post<Body = Json>(path: string, body?: unknown): Promise<Answer<Body>>;
  postLines<Body = Json>(path: string, lines: readonly string[]): Promise<Answer<Body>>;
}

// A bound for a machine that does much else; nothing here waits.
const testMilliseconds = 300_000;
jest.setTimeout(testMilliseconds);

const now = Date.UTC(2026, 10, 25, 12);

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-http-'));
  folders.push(folder);
  return folder;
}

export async function serve(folder: string, example = true): Promise<ServedHouse> {
  const failures: unknown[] = [];
  const running = await startStandalone({
    configuration: {
      dataFolder: join(folder, 'data'),
      host: '127.0.0.1',
      port: 0,
      logLevel: 'silent',
      loadsExample: example,
      snapshotEvents: 20_000,
    },
    log: createLog('silent'),
    clock: { now: () => now },
    onFailure: (failure) => failures.push(failure),
  });
  await running.ready();
  const call = async <Body>(path: string, more: RequestInit): Promise<Answer<Body>> => {
    const response = await fetch(`${running.address}${path}`, more);
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const body = (type.includes('json') ? JSON.parse(text) : text) as Body;
    return { status: response.status, type, etag: response.headers.get('etag') ?? '', body };
  };
  const json = { 'content-type': 'application/json' };
  return {
    ...running,
    failures,
    get: (path, headers = {}) => call(path, { headers }),
    post: (path, body) =>
      call(path, {
        method: 'POST',
        ...(body === undefined ? {} : { headers: json, body: JSON.stringify(body) }),
      }),
    postLines: (path, lines) =>
      call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: lines.map((line) => `${line}\n`).join(''),
      }),
  };
}

export interface Taken {
  readonly accepted: number;
  readonly repeated: number;
  readonly parked: number;
  readonly refused: number;
  readonly position: string;
  readonly refusedRows: readonly {
    readonly index: number;
    readonly code: string;
    readonly rule: string;
    readonly field: string;
    readonly remedy: string;
    readonly letter: string;
  }[];
}

export interface Listed {
  readonly revision: number;
  readonly tidemark: string;
  readonly items: readonly Json[];
  readonly total: number;
  readonly cursor?: string;
}

/** An issue of a sales order line. */
export function salesOrder(id: string, item: string, quantity: string, date: string): Json {
  const data = { id, item, direction: 'issue', type: 'salesOrder', quantity, date };
  return { type: 'inventory.transaction.changed.v1', source: 'shop', version: 1, data };
}

/** A company with one bought item, planned exactly. */
export const smallCompany: readonly Json[] = [
  { type: 'day.changed.v1', version: 1, data: { day: '2026-11-25' } },
  {
    type: 'plan.defined.v1',
    version: 1,
    data: { id: 'dynamic', kind: 'dynamic', continuity: 'exact' },
  },
  {
    type: 'item.changed.v1',
    version: 1,
    data: { id: 'BOLT', leadTime: 3, coverage: { code: 'requirement', coverageFence: 100 } },
  },
].map((event) => ({ source: 'desk', ...event }));
