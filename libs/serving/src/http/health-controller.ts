import { Controller, Get, Res } from '@nestjs/common';
import { refusal } from '@tidemark/kernel';
import { Health } from '../operating/health.js';
import { Metrics } from '../operating/metrics.js';
import type { HttpReply } from './exchange.js';
import { Problem, statuses } from './problem.js';

/** What operates a process. */
@Controller()
export class HealthController {
  readonly #health: Health;
  readonly #metrics: Metrics;

  constructor(health: Health, metrics: Metrics) {
    this.#health = health;
    this.#metrics = metrics;
  }

  @Get('health/live')
  live(): { readonly status: 'up' } {
    return { status: 'up' };
  }

  @Get('health/ready')
  async ready(): Promise<Readonly<Record<string, unknown>>> {
    const { isReady, missing, told } = await this.#health.look();
    if (isReady) return { status: 'ready', ...told };
    const message = missing ?? 'Something is not there yet.';
    const remedy = 'Ask again in a moment; the log of the server says more.';
    throw new Problem(statuses.unavailable, refusal('NOT_READY', message, { remedy }));
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: HttpReply): Promise<string> {
    reply.header('content-type', this.#metrics.contentType);
    return this.#metrics.text();
  }
}
