import { refusal, type Refusal } from '@tidemark/kernel';
import type { RunRequest } from '../api/runs.js';
import { itemOfAny } from './known-items.js';
import type { PlanKeeper } from './plan-keeper.js';

export function unknownPlan(id: string): Refusal {
  return refusal('UNKNOWN_PLAN', `There is no plan ${id}.`, {
    mentions: [id],
    remedy: 'Define it, or name one of those that are listed.',
  });
}

/** Why a plan cannot be run so; undefined if it can (PL-7, MO-9). */
export function runRefusal(
  keeper: PlanKeeper,
  request: RunRequest,
  plans: readonly PlanKeeper[],
): Refusal | undefined {
  const { id, kind } = keeper.definition;
  const part =
    request.mode === 'explosionRegeneration' ||
    request.scope === 'item' ||
    (request.mode === 'regeneration' && request.items !== undefined);
  if (keeper.isExact && part) {
    return refusal('NOT_ON_EXACT_PLAN', `Plan ${id} is exact: it is always planned whole.`, {
      mentions: [id],
      remedy: 'Ask for a full regeneration, or use another plan.',
    });
  }
  const others = plans.some((other) => other.definition.kind !== 'static');
  if (kind === 'static' && others && request.mode !== 'regeneration') {
    return refusal('NOT_ON_STATIC_PLAN', `Plan ${id} is static: it is regenerated only.`, {
      mentions: [id],
      remedy: 'Run a regeneration, or this mode on the dynamic plan.',
    });
  }
  return unknownStart(keeper, request);
}

/** An explosion starts from a transaction, a real order or a planned order that is there. */
function unknownStart(keeper: PlanKeeper, { mode, of }: RunRequest): Refusal | undefined {
  if (mode !== 'explosion' && mode !== 'explosionRegeneration') return undefined;
  if (of !== undefined && itemOfAny(keeper, of) !== undefined) return undefined;
  const name = of ?? '';
  return refusal('UNKNOWN_TRANSACTION', `There is no open transaction or order ${name}.`, {
    mentions: [name],
    remedy: 'Name an open sales line, production order or planned order.',
  });
}

/** Why a plan cannot be copied over another; undefined if it can (MO-9). */
export function copyRefusal(
  from: string,
  to: string,
  plans: ReadonlyMap<string, PlanKeeper>,
): Refusal | undefined {
  for (const id of [from, to]) if (!plans.has(id)) return unknownPlan(id);
  if (from === to) {
    return refusal('SAME_PLAN', `Plan ${from} cannot be copied onto itself.`, {
      mentions: [from],
      remedy: 'Name another plan to copy to.',
    });
  }
  if (plans.get(to)?.isExact !== true) return undefined;
  return refusal('NOT_ON_EXACT_PLAN', `Plan ${to} is exact: it is what its inputs make it.`, {
    mentions: [to],
    remedy: 'Copy to a plan of another continuity; an exact plan is current by itself.',
  });
}
