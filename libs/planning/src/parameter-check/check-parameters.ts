import { compareDimensions, compareText } from '@tidemark/kernel';
import {
  parameterRuleIds,
  type FindingEffect,
  type ParameterFinding,
} from '../api/parameter-findings.js';
import type { PlanKeeper } from '../engine/plan-keeper.js';
import { readPlan } from './plan-read.js';
import { parameterRules } from './rules/index.js';
import { ScratchPlan } from './scratch-plan.js';
import type { Suspicion } from './suspicion.js';

/** Effects computed by one check, so that it ends in seconds; the others say so. */
export const effectsMost = 500;
/** Times that the nodes of the plan may be planned for it; small plans may at any rate. */
const regenerationsMost = 10;
const nodesAtAnyRate = 20_000;

/**
 * The settings of a plan that deserve a warning (planning.md section 20), by rule, then subject.
 * The plan is read as a regeneration of all that was put in makes it, and stays as it is.
 */
export function checkParameters(
  keeper: PlanKeeper,
  limits: { readonly effects: number } = { effects: effectsMost },
): ParameterFinding[] {
  const scratch = new ScratchPlan(keeper);
  const read = readPlan(scratch.state);
  const suspicions = parameterRuleIds.flatMap((rule) =>
    [...parameterRules[rule](read)].sort(compareSuspicions),
  );
  const present = scratch.present(read.horizon);
  const visitsMost = Math.max(scratch.nodesVisited * regenerationsMost, nodesAtAnyRate);
  const effects = new Map<Suspicion, FindingEffect>();
  for (const suspicion of inTurns(suspicions).slice(0, limits.effects)) {
    if (scratch.nodesVisited > visitsMost) break;
    const proposed = scratch.proposed(suspicion.change, present, read.horizon);
    effects.set(suspicion, { kind: 'computed', present, proposed });
  }
  return suspicions.map((suspicion) => {
    const { change: _change, ...told } = suspicion;
    const effect = effects.get(suspicion) ?? ({ kind: 'notComputed', because: 'limit' } as const);
    return { ...told, effect };
  });
}

const subjectOrder = { plan: 0, group: 1, item: 2 } as const;

/** What bears on more stands first. */
function compareSuspicions({ subject: left }: Suspicion, { subject: right }: Suspicion): number {
  return (
    subjectOrder[left.kind] - subjectOrder[right.kind] ||
    compareText(left.id, right.id) ||
    compareDimensions(left.dimensions ?? {}, right.dimensions ?? {})
  );
}

/** The first of each rule, then the second of each, and so on. */
function inTurns(suspicions: readonly Suspicion[]): Suspicion[] {
  const taken = new Map<string, number>();
  return suspicions
    .map((suspicion) => {
      const turn = taken.get(suspicion.rule) ?? 0;
      taken.set(suspicion.rule, turn + 1);
      return { suspicion, turn };
    })
    .sort((left, right) => left.turn - right.turn)
    .map(({ suspicion }) => suspicion);
}
