import type { PlanRevision } from '@tidemark/planning';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { outcomes, type TakenAnswer } from '../way-in/totals.js';

const durationBuckets = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];

/** A figure that is asked for when it is read. */
export interface Figure {
  /** As Prometheus knows it. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** Its values now; one without labels, or one for each set of them. */
  read(): Promise<readonly FigureValue[]> | readonly FigureValue[];
}

export interface FigureValue {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The figures of one process, as Prometheus reads them. */
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

  watch({ name, help, labels = [], read }: Figure): void {
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.#registry],
      async collect() {
        const values = await read();
        this.reset();
        for (const one of values) this.set({ ...one.labels }, one.value);
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
