import type { OrderRow } from '@tidemark/planning';
import { shownCells } from '../cells.js';
import { lineProjection } from '../line-projection.js';
import { nodeColumns, shownNode } from '../nodes.js';
import type { ListedTable } from '../projection.js';

/** Planned orders of each plan (AX: reqPO). */
export const orders = lineProjection<OrderRow>({
  name: 'orders',
  version: 1,
  table: {
    name: 'orders',
    columns: {
      ...nodeColumns,
      id: 'text',
      type: 'text',
      status: 'text',
      quantity: 'integer',
      requirement_day: 'integer',
      order_day: 'integer',
      start_day: 'integer',
      delivery_day: 'integer',
      opener: 'text',
      ordinal: 'integer',
      priority: 'integer',
      bill_of_material: 'text',
    },
    key: ['company', 'plan', 'id', 'item', 'dimensions'],
    indexes: [['company', 'plan', 'item', 'dimensions', 'requirement_day', 'id']],
  },
  changesOf: (node) => node.orders,
  keyOf: ({ id }) => ({ id }),
  cellsOf: (order) => ({
    id: order.id,
    type: order.type,
    status: order.status,
    quantity: order.quantity,
    requirement_day: order.requirementDate,
    order_day: order.orderDate,
    start_day: order.startDate,
    delivery_day: order.deliveryDate,
    opener: order.opener,
    ordinal: order.ordinal,
    priority: order.priority ?? null,
    bill_of_material: order.billOfMaterial ?? null,
  }),
});

/** Planned orders by node and requirement date. */
export const ordersList: ListedTable = {
  shape: orders.shape,
  table: 'orders',
  orderBy: ['item', 'dimensions', 'requirement_day', 'id'],
  show: (row) => ({
    ...shownNode(row),
    ...shownCells(row, {
      id: 'text',
      type: 'text',
      status: 'text',
      quantity: 'quantity',
      requirement_day: ['day', 'requirementDate'],
      order_day: ['day', 'orderDate'],
      start_day: ['day', 'startDate'],
      delivery_day: ['day', 'deliveryDate'],
      opener: 'text',
      ordinal: 'count',
      priority: 'quantity',
      bill_of_material: ['text', 'billOfMaterial'],
    }),
  }),
};
