import type { RunRequest } from '../api/runs.js';
import { itemOfAny } from './known-items.js';
import { nestedItems } from './nested-items.js';
import type { PlanKeeper } from './plan-keeper.js';
import type { Session } from './working-set.js';

/** What a run is asked to do, with the items it may touch. */
export function sessionOf(keeper: PlanKeeper, request: RunRequest): Session {
  const { mode, of, scope, options } = request;
  const item = of === undefined ? undefined : itemOfAny(keeper, of);
  const nested = mode === 'explosionRegeneration' && item !== undefined;
  const items = nested ? nestedItems(keeper.world.master, item) : request.items;
  return {
    mode,
    items: items === undefined ? undefined : new Set(items),
    ...(of === undefined ? {} : { of }),
    ...(scope === undefined ? {} : { scope }),
    ...(options === undefined ? {} : { options }),
  };
}

/** Items that whoever asked for the run has named; those of an explosion name themselves. */
export function itemsNamed({ mode, items }: Session): ReadonlySet<string> {
  return mode === 'explosionRegeneration' ? new Set() : (items ?? new Set());
}
