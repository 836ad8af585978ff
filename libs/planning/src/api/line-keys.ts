import type { NodeRows } from './rows.js';

/** What names a line among those of its kind at its node: the keys of published changes. */
export const keyOfLine = {
  orders: (row: NodeRows['orders'][number]) => row.id,
  requirements: (row: NodeRows['requirements'][number]) => row.id,
  coverage: (row: NodeRows['coverage'][number]) => `${row.demand}\u0000${row.supply}`,
  messages: (row: NodeRows['messages'][number]) =>
    row.kind === 'delay' ? `delay ${row.requirement}` : `${row.action} ${row.order}`,
} as const;
