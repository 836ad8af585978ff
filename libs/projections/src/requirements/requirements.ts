import type { RequirementRow } from '@tidemark/planning';
import { flagCell, shownCells } from '../cells.js';
import { lineProjection } from '../line-projection.js';
import { nodeColumns, shownNode } from '../nodes.js';
import type { ListedTable } from '../projection.js';
import type { Row, RowChange } from '../tables.js';

/** Of stock, which has no date: it stands before every day. */
export const noDay = -1;
const sides = { receipt: 0, issue: 1 } as const;

/** Net requirements of each plan (AX: reqTrans), and the stock on hand as the plan sees it. */
export const requirements = lineProjection<RequirementRow>({
  name: 'requirements',
  version: 2,
  table: {
    name: 'requirements',
    columns: {
      ...nodeColumns,
      day: 'integer',
      side: 'integer',
      kind: 'text',
      id: 'text',
      type: 'text',
      quantity: 'integer',
      original_day: 'integer',
      uncovered: 'integer',
      free: 'integer',
      delayed_day: 'integer',
      held: 'integer',
      parent: 'text',
      order_name: 'text',
    },
    key: ['company', 'plan', 'id', 'item', 'dimensions'],
    indexes: [
      ['company', 'plan', 'item', 'dimensions', 'day', 'side', 'kind', 'id'],
      ['company', 'plan', 'parent'],
    ],
  },
  furtherTables: [
    {
      name: 'on_hand',
      columns: { ...nodeColumns, quantity: 'integer', free: 'integer' },
      key: ['company', 'plan', 'item', 'dimensions'],
    },
  ],
  changesOf: (node) => node.requirements,
  keyOf: ({ id }) => ({ id }),
  cellsOf: requirementCells,
  *furtherChanges({ before, after }, node): Generator<RowChange, void, void> {
    if (after?.kind === 'onHand') {
      const { quantity, free = null } = after;
      yield { table: 'on_hand', put: { ...node, quantity, free } };
    } else if (before?.kind === 'onHand') yield { table: 'on_hand', remove: node };
  },
});

/** The cells of a requirement but those of its node. */
export function requirementCells(requirement: RequirementRow): Row {
  return {
    day: requirement.date ?? noDay,
    side: sides[requirement.direction],
    kind: requirement.kind,
    id: requirement.id,
    type: requirement.type ?? null,
    quantity: requirement.quantity,
    original_day: requirement.originalDate ?? null,
    uncovered: requirement.uncovered ?? null,
    free: requirement.free ?? null,
    delayed_day: requirement.delayedDate ?? null,
    held: flagCell(requirement.held),
    parent: parentOf(requirement) ?? null,
    order_name: requirement.order ?? null,
  };
}

/** The order whose component need this is: needs are named `<order>/<line>`. */
function parentOf({ id, kind }: RequirementRow): string | undefined {
  if (kind !== 'derived') return undefined;
  const slash = id.lastIndexOf('/');
  return slash < 0 ? undefined : id.slice(0, slash);
}

/** The requirement profile: by node and date, receipts of a day first. */
export const requirementsList: ListedTable = {
  shape: requirements.shape,
  table: 'requirements',
  orderBy: ['item', 'dimensions', 'day', 'side', 'kind', 'id'],
  show: (row) => ({
    ...shownNode(row),
    id: row['id'],
    direction: row['side'] === sides.issue ? 'issue' : 'receipt',
    ...shownCells(row, { kind: 'text', type: 'text', quantity: 'quantity' }),
    ...(row['day'] === noDay ? {} : shownCells(row, { day: ['day', 'date'] })),
    ...shownCells(row, {
      original_day: ['day', 'originalDate'],
      uncovered: 'quantity',
      free: 'quantity',
      delayed_day: ['day', 'delayedDate'],
      held: 'flag',
      order_name: ['text', 'order'],
    }),
  }),
};

/** Stock on hand by node, with what of it covers nothing. */
export const planStockList: ListedTable = {
  shape: requirements.shape,
  table: 'on_hand',
  orderBy: ['item', 'dimensions'],
  show: (row) => ({
    ...shownNode(row),
    ...shownCells(row, { quantity: ['quantity', 'onHand'], free: 'quantity' }),
  }),
};
