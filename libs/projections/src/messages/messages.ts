import type { MessageRow } from '@tidemark/planning';
import { shownCells } from '../cells.js';
import { lineProjection } from '../line-projection.js';
import { nodeColumns, shownNode } from '../nodes.js';
import type { ListedTable } from '../projection.js';
import type { Row } from '../tables.js';

/** Action and delay messages of each plan. */
export const messages = lineProjection<MessageRow>({
  name: 'messages',
  version: 1,
  table: {
    name: 'messages',
    columns: {
      ...nodeColumns,
      kind: 'text',
      about: 'text',
      action: 'text',
      day: 'integer',
      quantity: 'integer',
      days: 'integer',
      because: 'text',
    },
    key: ['company', 'plan', 'item', 'dimensions', 'kind', 'about', 'action'],
  },
  changesOf: (node) => node.messages,
  keyOf,
  cellsOf: (message) => {
    const { kind } = message;
    const key = keyOf(message);
    if (kind === 'delay') {
      const { date, days, because } = message;
      return { ...key, day: date, quantity: null, days, because };
    }
    const { date = null, quantity = null } = message;
    return { ...key, day: date, quantity, days: null, because: null };
  },
});

function keyOf(message: MessageRow): Row {
  return message.kind === 'delay'
    ? { kind: message.kind, about: message.requirement, action: '' }
    : { kind: message.kind, about: message.order, action: message.action };
}

/** Messages by node, actions before delays. */
export const messagesList: ListedTable = {
  shape: messages.shape,
  table: 'messages',
  orderBy: ['item', 'dimensions', 'kind', 'about', 'action'],
  show: (row) => ({
    ...shownNode(row),
    kind: row['kind'],
    ...(row['kind'] === 'delay'
      ? shownCells(row, { about: ['text', 'requirement'] })
      : shownCells(row, { about: ['text', 'order'], action: 'text' })),
    ...shownCells(row, {
      day: ['day', 'date'],
      quantity: 'quantity',
      days: 'count',
      because: 'text',
    }),
  }),
};
