import { chosenPlan } from '@tidemark/planning';
import { jsonIn, numberIn, shownCells, textIn } from '../cells.js';
import { planHeadOf } from '../heads.js';
import type { Shown } from '../projection.js';
import type { Row } from '../tables.js';

/** The rows of one company in the read model of plans. */
export interface PlanTables {
  /** In the order of their positions. */
  readonly definitions: readonly Row[];
  readonly chosen: readonly Row[];
  readonly days: readonly Row[];
  readonly heads: readonly Row[];
}

/** The plans of a company in the order in which they were first defined, as readers see them. */
export function shownPlans({ definitions, chosen, days, heads }: PlanTables): readonly Shown[] {
  const last = new Map<string, Row>();
  for (const row of definitions) last.set(textIn(row, 'plan'), row);
  const known = [...last].map(([id, row]) => ({ id, kind: textIn(row, 'kind') }));
  const currentOf = (kind: 'dynamic' | 'static'): string => {
    const choice = chosen.find((row) => row['kind'] === kind);
    return chosenPlan(kind, choice === undefined ? undefined : textIn(choice, 'plan'), known);
  };
  const current = { dynamic: currentOf('dynamic'), static: currentOf('static') };
  const [day = { day: 0 }] = days;
  return [...last].map(([plan, row]) => {
    const { revision, tidemark } = planHeadOf(heads.find((head) => head['plan'] === plan));
    return {
      plan,
      revision,
      tidemark,
      ...shownCells({ day: numberIn(day, 'day') }, { day: 'day' }),
      isCurrentDynamic: current.dynamic === plan,
      isCurrentStatic: current.static === plan,
      definition: jsonIn(row, 'definition'),
    };
  });
}
