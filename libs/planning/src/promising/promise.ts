import { failed, planDayOf, refusal, success, type Refusal, type Result } from '@tidemark/kernel';
import type { PromiseAnswer, PromiseRequest } from '../api/engine.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { availableToPromise } from './available-to-promise.js';
import { capableToPromise } from './capable-to-promise.js';
import { protectedDay } from './protection.js';

/** Answers when a quantity can be had; the plan is as it was afterwards (PR-4). */
export function promise(
  keeper: PlanKeeper,
  request: PromiseRequest,
): Result<PromiseAnswer, Refusal> {
  const { state } = keeper;
  const item = state.world.master.item(request.item);
  if (item === undefined) {
    return failed(
      refusal('UNKNOWN_ITEM', `There is no item ${request.item}.`, {
        mentions: [request.item],
        remedy: 'Correct the item.',
      }),
    );
  }
  const kept = protectedDay(state, request);
  if (kept !== undefined) return success({ date: planDayOf(kept), protection: 'protected' });
  const opened = state.nodes.size;
  const node = state.nodeFor(item, request.dimensions);
  const parameters = state.parametersOf(node);
  if (parameters === undefined) throw new Error('A known item has parameters.');
  const day =
    request.method === 'ctp'
      ? keeper.onBranch((fold) => capableToPromise(state, node, request, fold))
      : availableToPromise(state, { node, parameters }, request);
  state.closeNodesBeyond(opened);
  return success({ date: planDayOf(day), protection: 'unprotected' });
}
