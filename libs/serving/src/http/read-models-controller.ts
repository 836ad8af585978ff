import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { refusal } from '@tidemark/kernel';
import { projectionNames } from '@tidemark/projections';
import type { ModelStatus, Projector } from '@tidemark/runtime';
import { ReadModelKeeper } from '../projectors/read-model-keeper.js';
import { refusals } from '../companies/refusals.js';
import { Problem, refuse, statuses } from './problem.js';

/** What readers are answered from, and how to have it folded again while it serves. */
@Controller('v1/read-models')
export class ReadModelsController {
  readonly #keeper: ReadModelKeeper;

  constructor(keeper: ReadModelKeeper) {
    this.#keeper = keeper;
  }

  @Get()
  list(): { readonly lagSeconds: number; readonly items: readonly ModelStatus[] } {
    const projector = this.#projector();
    return { lagSeconds: projector.lagSeconds(), items: projector.status() };
  }

  /** Answers at once; the list tells when it is done. */
  @Post(':model/rebuild')
  @HttpCode(200)
  rebuild(@Param('model') model: string): { readonly rebuilding: readonly string[] } {
    const known: readonly string[] = projectionNames;
    const names = model === 'all' ? known : known.filter((name) => name === model);
    if (names.length === 0) return refuse(refusals.readModel(model, known));
    this.#projector();
    this.#keeper.rebuild(names);
    return { rebuilding: names };
  }

  #projector(): Projector {
    const { projector } = this.#keeper;
    if (projector !== undefined) return projector;
    const message = 'Another process projects; this one stands by.';
    const remedy = 'Ask the projector that works: its /health/ready says so.';
    throw new Problem(statuses.unavailable, refusal('STANDS_BY', message, { remedy }));
  }
}
