import type { ProjectedEvent } from './projected-event.js';
import { numberIn, textIn } from './cells.js';
import { planColumns } from './nodes.js';
import type { Row, RowChange, TableShape } from './tables.js';

/**
 * The last revision that a read model holds of each plan, in the model itself: rows and the
 * revision they are of cannot part, whatever else is being built.
 */
export const headsTable: TableShape = {
  name: 'heads',
  columns: {
    ...planColumns,
    revision: 'integer',
    tidemark: 'text',
    position: 'text',
    day: 'integer',
    lines: 'integer',
  },
  key: ['company', 'plan'],
  sums: ['lines'],
};

/** The head of a plan after a revision; nothing for any other event. */
export function* headChanges(event: ProjectedEvent): Generator<RowChange, void, void> {
  if (event.kind !== 'revision') return;
  const { plan, revision, tidemark, position, day } = event.head;
  const { company } = event;
  yield {
    table: headsTable.name,
    add: { company, plan, revision, tidemark, position, day, lines: 0 },
  };
}

/** Counts lines that came or went; the head itself follows at the end of the revision. */
export function countLines(
  { company, plan }: { readonly company: string; readonly plan: string },
  lines: number,
): RowChange {
  return { table: headsTable.name, add: { company, plan, lines } };
}

export interface PlanHead {
  /** 0 before the first revision. */
  readonly revision: number;
  readonly tidemark: string;
  /** Rows of the plan in the model's list. */
  readonly lines: number;
}

export function planHeadOf(row: Row | undefined): PlanHead {
  if (row === undefined) return { revision: 0, tidemark: '', lines: 0 };
  return {
    revision: numberIn(row, 'revision'),
    tidemark: textIn(row, 'tidemark'),
    lines: numberIn(row, 'lines'),
  };
}
