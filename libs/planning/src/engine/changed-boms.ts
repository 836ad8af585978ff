import type { NodeCause } from '../api/runs.js';
import { phantomUsersOf } from './exploding-items.js';
import type { PlanKeeper } from './plan-keeper.js';

/** Versions that came, went or changed together. */
export interface BomChange {
  readonly boms: readonly { readonly item: string; readonly id: string }[];
  /** Items that stood on a circle before. */
  readonly fromCircles: readonly string[];
}

/**
 * Producers are planned anew, and items that a circle took in or let go (LV-3); levels below may
 * have moved.
 */
export function bomsChanged(
  plan: PlanKeeper,
  { boms, fromCircles }: BomChange,
  position: string,
): void {
  for (const bom of boms) {
    const cause: NodeCause = { kind: 'settings', position, name: bom.id };
    plan.itemChanged(bom.item, cause);
    plan.touchItems(phantomUsersOf(plan.world.master, bom.item), cause);
  }
  plan.relevel();
  for (const { item, id } of boms) {
    const circle = plan.world.levels.circleOf(item) ?? [];
    plan.touchItems([...fromCircles, ...circle], { kind: 'settings', position, name: id });
  }
}
