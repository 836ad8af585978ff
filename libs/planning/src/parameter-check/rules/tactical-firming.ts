import type { PlanRead } from '../plan-read.js';
import { rangeText } from '../setting-rule.js';
import type { Suspicion } from '../suspicion.js';

const fenceDefault = 100;

/** PC-15: a plan whose horizon is longer than that of every group looks far; it firms nothing. */
export function* tacticalFirming({ state, nodes }: PlanRead): Generator<Suspicion> {
  const { definition } = state;
  const horizon = definition.overrides.coverageFence;
  if (horizon === undefined || !definition.firmingAllowed || nodes.length === 0) return;
  const own = nodes.map(({ settings }) => settings.coverageFence ?? fenceDefault);
  if (own.some((days) => days >= horizon)) return;
  yield {
    rule: 'PC-15',
    subject: { kind: 'plan', id: definition.id },
    message: 'The plan looks farther than any group, as a tactical one does, and may firm orders.',
    values: { coverageFence: horizon, groups: rangeText(own), firmingAllowed: true },
    proposal: 'firmingAllowed false',
    change: { definition: { ...definition, firmingAllowed: false } },
  };
}
