import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { projectionNames } from '@tidemark/projections';
import type { ModelStatus } from '@tidemark/runtime';
import { ReadModelKeeper } from '../house/read-model-keeper.js';
import { refusals } from '../house/refusals.js';
import { refuse } from './problem.js';

/** What readers are answered from, and how to have it folded again while it serves. */
@Controller('v1/read-models')
export class ReadModelsController {
  readonly #keeper: ReadModelKeeper;

  constructor(keeper: ReadModelKeeper) {
    this.#keeper = keeper;
  }

  @Get()
  list(): { readonly lagSeconds: number; readonly items: readonly ModelStatus[] } {
    const { projector } = this.#keeper;
    return { lagSeconds: projector.lagSeconds(), items: projector.status() };
  }

  /** Answers at once; the list tells when it is done. */
  @Post(':model/rebuild')
  @HttpCode(200)
  rebuild(@Param('model') model: string): { readonly rebuilding: readonly string[] } {
    const known: readonly string[] = projectionNames;
    const names = model === 'all' ? known : known.filter((name) => name === model);
    if (names.length === 0) return refuse(refusals.readModel(model, known));
    this.#keeper.rebuild(names);
    return { rebuilding: names };
  }
}
