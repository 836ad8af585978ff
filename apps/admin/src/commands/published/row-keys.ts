import { dimensionsKey } from '@tidemark/kernel';
import type { MessageRow, NodeName, NodeRows } from '@tidemark/planning';

/** The four kinds of lines that a plan publishes, in the order of its exports. */
export const lineKinds = ['orders', 'requirements', 'coverage', 'messages'] as const;
export type LineKind = (typeof lineKinds)[number];
export type PlanLine = NodeRows[LineKind][number];

/** One text per node. */
export function nodeKeyOf({ item, dimensions }: NodeName): string {
  return `${item.length}:${item}${dimensionsKey(dimensions)}`;
}

/** What names a line among those of its kind at its node; the keys of published changes. */
export const keyOfLine = {
  orders: (row: NodeRows['orders'][number]) => row.id,
  requirements: (row: NodeRows['requirements'][number]) => row.id,
  coverage: (row: NodeRows['coverage'][number]) => `${row.demand}\u0000${row.supply}`,
  messages: (row: MessageRow) =>
    row.kind === 'delay' ? `delay ${row.requirement}` : `${row.action} ${row.order}`,
} as const;
