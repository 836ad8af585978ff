import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { bodyLimits } from '@tidemark/wire';
import { Documents } from './documents/documents.js';
import { Companies } from './house/companies.js';
import { ReadModelKeeper } from './house/read-model-keeper.js';
import { Subscribers } from './house/subscribers.js';
import { bodyTypes } from './http/bodies.js';
import { DecisionsController } from './http/decisions-controller.js';
import { EventsController } from './http/events-controller.js';
import type { HttpServer } from './http/exchange.js';
import { KeptController } from './http/kept-controller.js';
import { OpenRequests } from './http/open-requests.js';
import { CompanyListsController } from './http/company-lists-controller.js';
import { ReadModelsController } from './http/read-models-controller.js';
import { OperationsController } from './http/operations-controller.js';
import { PlansController } from './http/plans-controller.js';
import { ProblemFilter } from './http/problem-filter.js';
import { QuestionsController } from './http/questions-controller.js';
import { RevisionsController } from './http/revisions-controller.js';
import { Metrics } from './metrics.js';
import { NestLog } from './nest-log.js';
import type { Logger } from './log.js';

export interface ApplicationParts {
  readonly companies: Companies;
  readonly keeper: ReadModelKeeper;
  readonly subscribers: Subscribers;
  readonly metrics: Metrics;
  readonly documents: Documents;
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
class StandaloneModule {
  static of({
    companies,
    keeper,
    subscribers,
    metrics,
    documents,
  }: ApplicationParts): DynamicModule {
    return {
      module: StandaloneModule,
      controllers: [
        EventsController,
        KeptController,
        DecisionsController,
        PlansController,
        QuestionsController,
        RevisionsController,
        CompanyListsController,
        ReadModelsController,
        OperationsController,
      ],
      providers: [
        { provide: Companies, useValue: companies },
        { provide: ReadModelKeeper, useValue: keeper },
        { provide: Subscribers, useValue: subscribers },
        { provide: Metrics, useValue: metrics },
        { provide: Documents, useValue: documents },
      ],
    };
  }
}

// Ids of 128 characters may be percent-encoded in a path.
const pathPartCharactersMax = 1_600;
const bytesPerCharacterMax = 4;

/** The web server of the installation, ready to listen. */
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
  const web = await NestFactory.create<NestFastifyApplication>(
    StandaloneModule.of(parts),
    adapter,
    { bodyParser: false, logger: new NestLog(parts.log), abortOnError: false },
  );
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
