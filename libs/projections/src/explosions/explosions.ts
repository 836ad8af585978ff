import type { NodeDifference, RequirementRow } from '@tidemark/planning';
import { headChanges, headsTable } from '../heads.js';
import { nodeCells, nodeColumns } from '../nodes.js';
import type { ListedTable, Projection } from '../projection.js';
import type { Row, RowChange } from '../tables.js';

/**
 * The edges of the static explosion (MO-20): what must be completed (`below`) for what (`above`). A
 * demand waits for the supplies it is pegged to, an order for its component needs or lines. One
 * table for all of them, so that a walk asks one question a level, up or down.
 */
export const explosions: Projection = {
  shape: {
    name: 'explosions',
    version: 1,
    tables: [
      {
        name: 'explosion_edges',
        columns: { ...nodeColumns, above: 'text', below: 'text', kind: 'text' },
        key: ['company', 'plan', 'above', 'below', 'item', 'dimensions'],
        indexes: [['company', 'plan', 'below', 'above']],
      },
      headsTable,
    ],
  },
  *fold(event) {
    yield* headChanges(event);
    if (event.kind !== 'nodes') return;
    for (const difference of event.nodes) {
      const node = nodeCells(event, difference);
      for (const change of edgeChangesOf(difference)) yield* foldEdge(change, node);
    }
  },
};

/** Edges in the order of their names. */
export const explosionEdges: ListedTable = {
  shape: explosions.shape,
  table: 'explosion_edges',
  orderBy: ['above', 'below', 'item', 'dimensions'],
  show: ({ above, below }) => ({ above, below }),
};

/** `peg`: a demand and its supply; `line`: an order, or the group of a real one, and its need. */
type EdgeKind = 'peg' | 'line' | 'group';

interface Edge {
  readonly above: string;
  readonly below: string;
  readonly kind: EdgeKind;
}

interface EdgeChange {
  readonly before: Edge | undefined;
  readonly after: Edge | undefined;
}

/** Receipts and lines of a real order hang together by its name; no id begins so. */
const groupMark = '\u0001';

export function isGroup(name: string): boolean {
  return name.startsWith(groupMark);
}

function* edgeChangesOf({ coverage, requirements }: NodeDifference): Generator<EdgeChange> {
  for (const { before, after } of coverage) {
    if (before !== undefined && after !== undefined) continue;
    yield { before: pegOf(before), after: pegOf(after) };
  }
  for (const { before, after } of requirements) {
    yield { before: lineOf(before), after: lineOf(after) };
  }
}

function pegOf(
  peg: { readonly demand: string; readonly supply: string } | undefined,
): Edge | undefined {
  return peg === undefined ? undefined : { above: peg.demand, below: peg.supply, kind: 'peg' };
}

/** Component needs are named `<order>/<line>`; transactions name the real order they belong to. */
function lineOf(row: RequirementRow | undefined): Edge | undefined {
  if (row === undefined) return undefined;
  const { id, kind, order, direction } = row;
  if (kind === 'derived') {
    return { above: id.slice(0, Math.max(0, id.lastIndexOf('/'))), below: id, kind: 'line' };
  }
  if (order === undefined) return undefined;
  const group = `${groupMark}${order}`;
  return direction === 'issue'
    ? { above: group, below: id, kind: 'line' }
    : { above: id, below: group, kind: 'group' };
}

function* foldEdge({ before, after }: EdgeChange, node: Row): Generator<RowChange, void, void> {
  const table = explosionEdges.table;
  if (before?.above === after?.above && before?.below === after?.below) return;
  if (before !== undefined) {
    yield { table, remove: { ...node, above: before.above, below: before.below } };
  }
  if (after !== undefined) yield { table, put: { ...node, ...after } };
}
