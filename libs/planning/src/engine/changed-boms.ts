import type { NodeCause } from '../api/runs.js';
import { phantomUsersOf } from './exploding-items.js';
import type { PlanKeeper } from './plan-keeper.js';

/** Producers are planned anew; levels below may have moved. */
export function bomsChanged(
  plan: PlanKeeper,
  boms: readonly { item: string; id: string }[],
  position: string,
): void {
  for (const bom of boms) {
    const cause: NodeCause = { kind: 'settings', position, name: bom.id };
    plan.itemChanged(bom.item, cause);
    plan.touchItems(phantomUsersOf(plan.world.master, bom.item), cause);
  }
  plan.relevel();
}
