import { shownCells } from '../cells.js';
import { entriesOf } from '../journal-entries.js';
import type { ListedTable, Projection } from '../projection.js';

/** The journal of each item: how far it goes, and its last entry. */
export const journal: Projection = {
  shape: {
    name: 'journal',
    version: 1,
    tables: [
      {
        name: 'journals',
        columns: {
          company: 'text',
          item: 'text',
          sequence: 'integer',
          position: 'text',
          cause: 'text',
          source: 'text',
          subject: 'text',
          version: 'integer',
        },
        key: ['company', 'item'],
      },
      {
        name: 'notes',
        columns: { company: 'text', item: 'text', notes: 'integer', position: 'text' },
        key: ['company', 'item'],
        sums: ['notes'],
      },
    ],
  },
  *fold(event) {
    const { company, position } = event;
    for (const { item, sequence, cause } of entriesOf(event)) {
      const { kind, source, id: subject, version } = cause;
      const last = { sequence, position, cause: kind, source, subject, version };
      yield { table: 'journals', put: { company, item, ...last } };
    }
    if (event.kind === 'note') {
      yield { table: 'notes', add: { company, item: event.note.item, notes: 1, position } };
    }
  },
};

/** Journals by item, each with its last entry. */
export const journalsList: ListedTable = {
  shape: journal.shape,
  table: 'journals',
  orderBy: ['item'],
  show: (row) =>
    shownCells(row, {
      item: 'text',
      sequence: 'count',
      position: 'text',
      cause: 'text',
      source: 'text',
      subject: 'text',
      version: 'count',
    }),
};

/** Items with changes that planning does not look at, and how many there were. */
export const notesList: ListedTable = {
  shape: journal.shape,
  table: 'notes',
  orderBy: ['item'],
  show: (row) => shownCells(row, { item: 'text', notes: 'count', position: 'text' }),
};
