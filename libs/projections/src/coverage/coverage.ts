import type { CoverageRow } from '@tidemark/planning';
import { shownCells } from '../cells.js';
import { lineProjection } from '../line-projection.js';
import { nodeColumns, shownNode } from '../nodes.js';
import type { ListedTable } from '../projection.js';

/** Pegs of each plan (AX: reqTransCov), found from either side. */
export const coverage = lineProjection<CoverageRow>({
  name: 'coverage',
  version: 1,
  table: {
    name: 'coverage',
    columns: { ...nodeColumns, demand: 'text', supply: 'text', quantity: 'integer' },
    key: ['company', 'plan', 'item', 'dimensions', 'demand', 'supply'],
    indexes: [
      ['company', 'plan', 'demand'],
      ['company', 'plan', 'supply'],
    ],
  },
  changesOf: (node) => node.coverage,
  keyOf: ({ demand, supply }) => ({ demand, supply }),
  cellsOf: ({ demand, supply, quantity }) => ({ demand, supply, quantity }),
});

/** Pegs by node, demand and supply. */
export const coverageList: ListedTable = {
  shape: coverage.shape,
  table: 'coverage',
  orderBy: ['item', 'dimensions', 'demand', 'supply'],
  show: (row) => ({
    ...shownNode(row),
    ...shownCells(row, { demand: 'text', supply: 'text', quantity: 'quantity' }),
  }),
};
