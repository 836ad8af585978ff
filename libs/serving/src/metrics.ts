import type { PlanRevision } from '@tidemark/planning';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Projector } from '@tidemark/runtime';
import type { Companies } from './house/companies.js';
import type { Subscribers } from './house/subscribers.js';
import { outcomes, type TakenAnswer } from './house/totals.js';

const durationBuckets = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];

/** The figures of one installation, as Prometheus reads them. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #events = new Counter({
    name: 'tidemark_intake_events_total',
    help: 'Events that came in, by company and what became of them.',
    labelNames: ['company', 'outcome'],
    registers: [this.#registry],
  });
  readonly #revisions = new Counter({
    name: 'tidemark_plan_revisions_total',
    help: 'Revisions that a plan published.',
    labelNames: ['company', 'plan'],
    registers: [this.#registry],
  });
  readonly #nodes = new Counter({
    name: 'tidemark_plan_nodes_visited_total',
    help: 'Nodes that the runs of a plan visited.',
    labelNames: ['company', 'plan'],
    registers: [this.#registry],
  });
  readonly #requests = new Histogram({
    name: 'tidemark_http_request_seconds',
    help: 'Time from a request to the end of its answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: durationBuckets,
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Figures that are asked for when they are read. */
  watch(companies: Companies, subscribers: Subscribers, projector: Projector): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'tidemark_read_model_lag_seconds',
      help: 'For how long the read models have been behind the log; 0 when they hold all of it.',
      registers,
      collect() {
        this.set(projector.lagSeconds());
      },
    });
    new Gauge({
      name: 'tidemark_read_model_events',
      help: 'Events folded into the read models since the start, without those of rebuilds.',
      registers,
      collect() {
        this.set(projector.foldedEvents);
      },
    });
    new Gauge({
      name: 'tidemark_read_models_stopped',
      help: '1 when the read models take up no more events: the log of the server says why.',
      registers,
      collect() {
        this.set(projector.failure === undefined ? 0 : 1);
      },
    });
    new Gauge({
      name: 'tidemark_ready',
      help: '1 when every plan holds what the log held at the start and nothing has failed.',
      registers,
      collect() {
        this.set(companies.isReady ? 1 : 0);
      },
    });
    new Gauge({
      name: 'tidemark_companies',
      help: 'Companies that are planned here.',
      registers,
      collect() {
        this.set(companies.names().length);
      },
    });
    new Gauge({
      name: 'tidemark_change_subscribers',
      help: 'Readers that follow the changes of a plan.',
      registers,
      collect() {
        this.set(subscribers.count);
      },
    });
  }

  taken(company: string, answer: TakenAnswer): void {
    for (const outcome of outcomes) {
      if (answer[outcome] > 0) this.#events.inc({ company, outcome }, answer[outcome]);
    }
  }

  revised(company: string, { plan, counters }: PlanRevision): void {
    this.#revisions.inc({ company, plan });
    this.#nodes.inc({ company, plan }, counters.nodesVisited);
  }

  answered(labels: { method: string; route: string; status: string }, seconds: number): void {
    this.#requests.observe(labels, seconds);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
