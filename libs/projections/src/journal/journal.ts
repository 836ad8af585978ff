import { shownCells } from '../cells.js';
import { entriesOf } from '../journal-entries.js';
import type { ListedTable, Projection } from '../projection.js';

/** The journal of each item: how far it goes, and its last entry. */
export const journal: Projection = {
  shape: {
    name: 'journal',
    version: 2,
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
    ],
  },
  *fold(event) {
    const { company, position } = event;
    for (const { item, sequence, cause } of entriesOf(event)) {
      const { kind, source, id: subject, version } = cause;
      const last = { sequence, position, cause: kind, source, subject, version };
      yield { table: 'journals', put: { company, item, ...last } };
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
