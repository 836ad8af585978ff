import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { bodyLimits } from '@tidemark/wire';
import { CompanyRegister } from './companies/served-company.js';
import { Documents } from './documents/documents.js';
import { bodyTypes } from './http/bodies.js';
import type { HttpServer } from './http/exchange.js';
import { OpenRequests } from './http/open-requests.js';
import { ProblemFilter } from './http/problem-filter.js';
import { Health } from './operating/health.js';
import type { Logger } from './operating/log.js';
import { Metrics } from './operating/metrics.js';
import { NestLog } from './operating/nest-log.js';
import { Subscribers } from './operating/subscribers.js';
import { PlannerDesks } from './planners/planner-desks.js';
import { ReadModelKeeper } from './projectors/read-model-keeper.js';
import { surfaces, type SurfaceName } from './surfaces.js';
import { WayIn } from './way-in/way-in.js';

/** What the surfaces are served from; each needs some of it. */
export interface Served {
  readonly companies?: CompanyRegister;
  readonly wayIn?: WayIn;
  readonly keeper?: ReadModelKeeper;
  readonly subscribers?: Subscribers;
  readonly desks?: PlannerDesks;
}

export interface ApplicationParts extends Served {
  readonly surfaces: readonly SurfaceName[];
  readonly health: Health;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Where a server listens; port 0: any that is free. */
export interface Door {
  readonly host: string;
  readonly port: number;
}

export interface Application {
  /** Resolves to where it listens, such as `http://127.0.0.1:7400`. */
  listen(door: Door): Promise<string>;
  /** Takes no more requests, answers those that have begun, closes every connection. */
  close(): Promise<void>;
  /** Every route that is served: method and path, as `GET /v1/companies/:company/plans`. */
  readonly routes: readonly string[];
}

@Module({})
class ServingModule {
  static of(parts: ApplicationParts): DynamicModule {
    const served = parts.surfaces.map((name) => surfaces[name]);
    const documents = new Documents(served.flatMap(({ operations }) => operations));
    return {
      module: ServingModule,
      controllers: served.flatMap(({ controllers }) => [...controllers]),
      providers: [
        { provide: Documents, useValue: documents },
        { provide: Health, useValue: parts.health },
        { provide: Metrics, useValue: parts.metrics },
        { provide: CompanyRegister, useValue: parts.companies },
        { provide: WayIn, useValue: parts.wayIn },
        { provide: ReadModelKeeper, useValue: parts.keeper },
        { provide: Subscribers, useValue: parts.subscribers },
        { provide: PlannerDesks, useValue: parts.desks },
      ].filter(({ useValue }) => useValue !== undefined),
    };
  }
}

// Ids of 128 characters may be percent-encoded in a path.
const pathPartCharactersMax = 1_600;
const bytesPerCharacterMax = 4;

/** The web server of a process, ready to listen. */
export async function createApplication(parts: ApplicationParts): Promise<Application> {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimits.characters * bytesPerCharacterMax,
    routerOptions: { maxParamLength: pathPartCharactersMax },
    forceCloseConnections: 'idle',
    logger: false,
  });
  const server = adapter.getInstance<HttpServer>();
  const routes: string[] = [];
  takeBodies(server);
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url}`);
  });
  const requests = new OpenRequests();
  server.addHook('onRequest', (_, { raw }, done) => {
    requests.begun(raw);
    done();
  });
  measure(server, parts);
  const web = await NestFactory.create<NestFastifyApplication>(ServingModule.of(parts), adapter, {
    bodyParser: false,
    logger: new NestLog(parts.log),
    abortOnError: false,
  });
  web.useGlobalFilters(new ProblemFilter(parts.log));
  await web.init();
  const listen = async ({ host, port }: Door): Promise<string> => {
    await web.listen(port, host);
    return addressOf(web, host);
  };
  return { listen, routes, close: () => closing(web, requests) };
}

function addressOf(web: NestFastifyApplication, host: string): string {
  const bound: unknown = web.getHttpServer().address();
  const port = typeof bound === 'object' && bound !== null && 'port' in bound ? bound.port : '';
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${String(port)}`;
}

/** Browsers open connections on which they ask for nothing: waiting for those takes a minute. */
async function closing(web: NestFastifyApplication, requests: OpenRequests): Promise<void> {
  const closed = web.close();
  await requests.none();
  web.getHttpServer().closeAllConnections();
  await closed;
}

/** JSON stays bytes for the strict reader; lines stay a stream. Other types are refused (415). */
function takeBodies(server: HttpServer): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(bodyTypes.json, { parseAs: 'buffer' }, (_, body, done) => {
    done(null, body);
  });
  server.addContentTypeParser(bodyTypes.lines, (_, body, done) => {
    done(null, body);
  });
}

const millisecondsPerSecond = 1_000;

function measure(server: HttpServer, { metrics, log }: ApplicationParts): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / millisecondsPerSecond;
    const status = String(reply.statusCode);
    metrics.answered({ method: request.method, route, status }, seconds);
    log.debug({ method: request.method, url: request.url, status, seconds }, 'Answered');
    done();
  });
}
