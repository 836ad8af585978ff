import { dimensionsKey } from '@tidemark/kernel';
import { shownCells } from '../cells.js';
import { entriesOf } from '../journal-entries.js';
import { shownNode } from '../nodes.js';
import type { ListedTable, Projection } from '../projection.js';

/** Stock on hand: counts, receipts and issues folded, by item and exactly these dimensions. */
export const stock: Projection = {
  shape: {
    name: 'stock',
    version: 1,
    tables: [
      {
        name: 'places',
        columns: {
          company: 'text',
          item: 'text',
          dimensions: 'text',
          quantity: 'integer',
          position: 'text',
        },
        key: ['company', 'item', 'dimensions'],
        sums: ['quantity'],
      },
    ],
  },
  *fold(event) {
    const { company, position } = event;
    for (const { item, postings } of entriesOf(event)) {
      for (const { dimensions, quantity } of postings) {
        const place = { company, item, dimensions: dimensionsKey(dimensions) };
        yield { table: 'places', add: { ...place, quantity, position } };
      }
    }
  },
};

/** Stock by item and dimensions, with the place in the log that moved it last. */
export const stockList: ListedTable = {
  shape: stock.shape,
  table: 'places',
  orderBy: ['item', 'dimensions'],
  show: (row) => ({
    ...shownNode(row),
    ...shownCells(row, { quantity: ['quantity', 'onHand'], position: 'text' }),
  }),
};
