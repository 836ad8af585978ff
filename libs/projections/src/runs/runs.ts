import type { NodeDifference } from '@tidemark/planning';
import { jsonIn, numberIn, shownCells, textIn } from '../cells.js';
import { headChanges, headsTable } from '../heads.js';
import { planColumns } from '../nodes.js';
import type { ProjectedEvent, RevisionHead } from '../projected-event.js';
import type { ListedTable, Projection } from '../projection.js';
import type { Row, RowChange } from '../tables.js';

const counted = ['orders', 'requirements', 'coverage', 'messages'] as const;
const counters = {
  nodes_visited: 'integer',
  rows_computed: 'integer',
  nodes_changed: 'integer',
  inputs_applied: 'integer',
} as const;
const changedLines = {
  orders: 'integer',
  requirements: 'integer',
  coverage: 'integer',
  messages: 'integer',
} as const;

/** Revisions of each plan: what each was made by, what it took, and what caused it. */
export const runs: Projection = {
  shape: {
    name: 'runs',
    version: 2,
    tables: [
      {
        name: 'runs',
        columns: {
          ...planColumns,
          revision: 'integer',
          mode: 'text',
          day: 'integer',
          tidemark: 'text',
          position: 'text',
          step: 'integer',
          ...counters,
          requested: 'integer',
          processed: 'integer',
          ...changedLines,
          findings: 'text',
          working_set: 'text',
          skipped: 'text',
          decisions: 'integer',
        },
        key: ['company', 'plan', 'revision'],
        sums: counted,
      },
      {
        name: 'causes',
        columns: {
          ...planColumns,
          revision: 'integer',
          position: 'text',
          kind: 'text',
          name: 'text',
        },
        key: ['company', 'plan', 'revision', 'position', 'kind', 'name'],
      },
      headsTable,
    ],
  },
  *fold(event) {
    yield* headChanges(event);
    if (event.kind === 'nodes') yield* foldNodes(event);
    if (event.kind === 'revision') yield runChange(event.company, event.head);
  },
};

/**
 * Lines are counted over all parts. Causes are taken from the first part alone, the first 200
 * nodes: a regeneration is caused by everything, and the revision itself holds them all.
 */
function* foldNodes(
  event: ProjectedEvent & { readonly kind: 'nodes' },
): Generator<RowChange, void, void> {
  const { company, plan, revision, index, nodes } = event;
  const run = { company, plan, revision };
  yield { table: 'runs', add: { ...run, ...countsOf(nodes) } };
  if (index > 0) return;
  const told = new Set<string>();
  for (const { position, kind, name } of nodes.flatMap(({ causes }) => causes)) {
    const key = `${position} ${kind} ${name}`;
    if (told.has(key)) continue;
    told.add(key);
    yield { table: 'causes', put: { ...run, position, kind, name } };
  }
}

function countsOf(nodes: readonly NodeDifference[]): Row {
  return Object.fromEntries(
    counted.map((kind) => [kind, nodes.reduce((sum, node) => sum + node[kind].length, 0)]),
  );
}

function runChange(company: string, head: RevisionHead): RowChange {
  const { plan, revision, mode, day, tidemark, position, step, requested, processed } = head;
  const { nodesVisited, rowsComputed, nodesChanged, inputsApplied } = head.counters;
  return {
    table: 'runs',
    add: {
      company,
      plan,
      revision,
      mode,
      day,
      tidemark,
      position,
      step,
      nodes_visited: nodesVisited,
      rows_computed: rowsComputed,
      nodes_changed: nodesChanged,
      inputs_applied: inputsApplied,
      requested,
      processed,
      findings: JSON.stringify(head.findings),
      working_set: head.workingSet === undefined ? null : JSON.stringify(head.workingSet),
      skipped: JSON.stringify(head.skipped),
      decisions: head.decisions.length,
    },
  };
}

/** Revisions of a plan, oldest first. */
export const runsList: ListedTable = {
  shape: runs.shape,
  table: 'runs',
  orderBy: ['revision'],
  show: (row) => ({
    plan: textIn(row, 'plan'),
    revision: numberIn(row, 'revision'),
    ...shownCells(row, {
      mode: 'text',
      day: 'day',
      tidemark: 'text',
      position: 'text',
      step: 'count',
    }),
    counters: shownCells(row, {
      nodes_visited: ['count', 'nodesVisited'],
      rows_computed: ['count', 'rowsComputed'],
      nodes_changed: ['count', 'nodesChanged'],
      inputs_applied: ['count', 'inputsApplied'],
    }),
    requested: numberIn(row, 'requested'),
    processed: numberIn(row, 'processed'),
    changes: Object.fromEntries(counted.map((kind) => [kind, numberIn(row, kind)])),
    findings: jsonIn(row, 'findings'),
    workingSet: jsonIn(row, 'working_set'),
    skipped: jsonIn(row, 'skipped'),
    decisions: numberIn(row, 'decisions'),
  }),
};

/** What was applied at the first nodes of a revision. */
export const causesList: ListedTable = {
  shape: runs.shape,
  table: 'causes',
  orderBy: ['revision', 'position', 'kind', 'name'],
  show: (row) => shownCells(row, { kind: 'text', position: 'text', name: 'text' }),
};
