import type { Change, OrderRow } from '@tidemark/planning';
import { shownCells } from '../cells.js';
import { headChanges, headsTable } from '../heads.js';
import { nodeCells, nodeColumns, shownNode } from '../nodes.js';
import type { ListedTable, Projection } from '../projection.js';
import type { Row, RowChange } from '../tables.js';

/**
 * How often each planned order was moved: the revisions in which its requirement date, its delivery
 * date or its quantity changed, and the last of those moves. An order that goes takes its count
 * along; one that replaces it under another opener begins anew (law 7).
 */
export const churn: Projection = {
  shape: {
    name: 'churn',
    version: 1,
    tables: [
      {
        name: 'churn',
        columns: {
          ...nodeColumns,
          id: 'text',
          moves: 'integer',
          revision: 'integer',
          from_requirement_day: 'integer',
          requirement_day: 'integer',
          from_delivery_day: 'integer',
          delivery_day: 'integer',
          from_quantity: 'integer',
          quantity: 'integer',
        },
        key: ['company', 'plan', 'item', 'dimensions', 'id'],
        sums: ['moves'],
      },
      headsTable,
    ],
  },
  *fold(event) {
    yield* headChanges(event);
    if (event.kind !== 'nodes') return;
    for (const difference of event.nodes) {
      const node = nodeCells(event, difference);
      for (const change of difference.orders) yield* foldOrder(change, node, event.revision);
    }
  },
};

function* foldOrder(
  { before, after }: Change<OrderRow>,
  node: Row,
  revision: number,
): Generator<RowChange, void, void> {
  if (before === undefined) return;
  const order = { ...node, id: before.id };
  if (after === undefined) yield { table: 'churn', remove: order };
  else if (isMoved(before, after)) {
    yield {
      table: 'churn',
      add: {
        ...order,
        moves: 1,
        revision,
        from_requirement_day: before.requirementDate,
        requirement_day: after.requirementDate,
        from_delivery_day: before.deliveryDate,
        delivery_day: after.deliveryDate,
        from_quantity: before.quantity,
        quantity: after.quantity,
      },
    };
  }
}

function isMoved(before: OrderRow, after: OrderRow): boolean {
  return (
    before.requirementDate !== after.requirementDate ||
    before.deliveryDate !== after.deliveryDate ||
    before.quantity !== after.quantity
  );
}

/** Orders that were moved, by node. */
export const churnList: ListedTable = {
  shape: churn.shape,
  table: 'churn',
  orderBy: ['item', 'dimensions', 'id'],
  show: (row) => ({
    ...shownNode(row),
    ...shownCells(row, { id: ['text', 'order'], moves: 'count' }),
    lastMove: {
      revision: row['revision'],
      before: shownCells(row, {
        from_requirement_day: ['day', 'requirementDate'],
        from_delivery_day: ['day', 'deliveryDate'],
        from_quantity: ['quantity', 'quantity'],
      }),
      after: shownCells(row, {
        requirement_day: ['day', 'requirementDate'],
        delivery_day: ['day', 'deliveryDate'],
        quantity: 'quantity',
      }),
    },
  }),
};
