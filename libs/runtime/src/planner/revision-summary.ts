import type { NodeDifference, PlanRevision } from '@tidemark/planning';

/** The kinds of lines that a revision changes. */
export const changeKinds = ['orders', 'requirements', 'coverage', 'messages'] as const;
export type ChangeKind = (typeof changeKinds)[number] & keyof NodeDifference;

/** A revision without its lines: what it was made by, and how much of it there is. */
export interface RevisionSummary extends Omit<PlanRevision, 'nodes' | 'decisions'> {
  /** Changed lines of each kind. */
  readonly changes: Readonly<Record<ChangeKind, number>>;
  /** How many decisions the run itself made. */
  readonly decisions: number;
}

export function summaryOf({ nodes, decisions, ...head }: PlanRevision): RevisionSummary {
  const count = (kind: ChangeKind): number =>
    nodes.reduce((sum, node) => sum + node[kind].length, 0);
  const changes = {
    orders: count('orders'),
    requirements: count('requirements'),
    coverage: count('coverage'),
    messages: count('messages'),
  };
  return { ...head, changes, decisions: decisions.length };
}
