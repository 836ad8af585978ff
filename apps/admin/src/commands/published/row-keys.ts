import { dimensionsKey } from '@tidemark/kernel';
import type { NodeName, NodeRows } from '@tidemark/planning';

/** The four kinds of lines that a plan publishes, in the order of its exports. */
export const lineKinds = ['orders', 'requirements', 'coverage', 'messages'] as const;
export type LineKind = (typeof lineKinds)[number];
export type PlanLine = NodeRows[LineKind][number];

/** One text per node. */
export function nodeKeyOf({ item, dimensions }: NodeName): string {
  return `${item.length}:${item}${dimensionsKey(dimensions)}`;
}
