import { Parser } from '@asyncapi/parser';
import { decodeEvent } from '@tidemark/wire';
import { serve, temporaryFolder, type Json, type ServedHouse } from './served-house.js';

const folder = temporaryFolder();
let house: ServedHouse;
let openapi: OpenApi;

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId: string;
  readonly 'x-permission': string;
  readonly responses: Json;
  readonly requestBody?: { readonly content: Record<string, { readonly example: Json }> };
}

beforeAll(async () => {
  house = await serve(folder);
  openapi = (await house.get<OpenApi>('/openapi.json')).body;
});

afterAll(() => house.stop());

const operations = () => Object.values(openapi.paths).flatMap((path) => Object.values(path));

describe('the OpenAPI document', () => {
  it('has every route that is served, and no other', () => {
    const told = Object.entries(openapi.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      ),
    );
    expect(openapi.openapi).toBe('3.1.0');
    expect(told.toSorted()).toEqual(house.routes.toSorted());
  });

  it('names each operation once, with its permission and its answers', () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const operation of operations()) {
      expect(operation['x-permission']).not.toBe('');
      expect(operation.responses).toHaveProperty('200');
    }
  });

  it('points nowhere but into itself', () => {
    const text = JSON.stringify(openapi);
    const targets = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(20);
    for (const target of new Set(targets)) {
      const found = target
        .split('/')
        .reduce<unknown>((node, key) => (node as Json | undefined)?.[key], openapi);
      expect([target, found]).toEqual([target, expect.anything()]);
    }
  });

  it('shows an event that is taken as it stands', () => {
    const body = openapi.paths['/v1/companies/{company}/events']?.['post']?.requestBody;
    const example = body?.content['application/json']?.example;
    expect(decodeEvent(example, { company: 'example' })).toMatchObject({ ok: true });
  });
});

describe('the AsyncAPI document', () => {
  it('is valid and has the events that come in and the changes that go out', async () => {
    const { body } = await house.get<Json>('/asyncapi.json');
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(body));
    const errors = diagnostics.filter(({ severity }) => severity === 0);
    expect(errors).toEqual([]);
    const channels = document?.channels().all() ?? [];
    expect(channels.map((channel) => channel.id())).toEqual([
      'inventory.transactions',
      'plan.changes',
    ]);
  });
});

describe('what operates the installation', () => {
  it('says that it lives and is ready', async () => {
    expect((await house.get('/health/live')).body).toEqual({ status: 'up' });
    expect((await house.get('/health/ready')).body).toMatchObject({ companies: ['example'] });
  });

  it('counts events, revisions and requests for Prometheus', async () => {
    await house.post('/v1/companies/example/events', [{}]);
    const { body } = await house.get<string>('/metrics');
    expect(body).toContain('tidemark_intake_events_total{company="example",outcome="refused"} 1');
    expect(body).toMatch(/tidemark_plan_revisions_total\{company="example",plan="dynamic"\} \d/);
    expect(body).toContain('tidemark_ready 1');
    expect(body).toMatch(/tidemark_http_request_seconds_count\{.*events.*status="200"\} 1/);
  });

  it('has a start page that needs nothing from elsewhere', async () => {
    const { body, type } = await house.get<string>('/');
    expect(type).toContain('text/html');
    expect(body).toContain('EventSource');
    expect(body).not.toMatch(/https?:\/\//);
  });
});
