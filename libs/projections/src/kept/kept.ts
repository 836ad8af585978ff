import { jsonIn, numberIn, shownCells, textIn } from '../cells.js';
import type { KeptEvent, LetterFact, ParkedFact } from '../projected-event.js';
import type { ListedTable, Projection } from '../projection.js';
import type { Row, RowChange } from '../tables.js';

/** What the way in keeps: refused events with their reason, and those that wait (law 12). */
export const kept: Projection = {
  shape: {
    name: 'kept',
    version: 1,
    tables: [
      {
        name: 'letters',
        columns: {
          company: 'text',
          id: 'text',
          code: 'text',
          rule: 'text',
          field: 'text',
          message: 'text',
          remedy: 'text',
          values: 'text',
          mentions: 'text',
          source: 'text',
          text: 'text',
        },
        key: ['company', 'id'],
      },
      {
        name: 'parked',
        columns: {
          company: 'text',
          id: 'text',
          code: 'text',
          missing_kind: 'text',
          missing_id: 'text',
          type: 'text',
          source: 'text',
          subject: 'text',
          version: 'integer',
          event: 'text',
        },
        key: ['company', 'id'],
      },
    ],
  },
  *fold(event) {
    if (event.kind === 'kept') yield keptChange(event.event);
  },
};

function keptChange(event: KeptEvent): RowChange {
  switch (event.kind) {
    case 'changeParked':
      return { table: 'parked', put: parkedCells(event.parked) };
    case 'parkedChangeTaken':
      return { table: 'parked', remove: { company: event.company, id: event.id } };
    case 'changeRefused':
      return { table: 'letters', put: letterCells(event.letter) };
    case 'deadLetterResolved':
      return { table: 'letters', remove: { company: event.company, id: event.id } };
  }
}

function letterCells(letter: LetterFact): Row {
  const { values, mentions, source = null, company, id, code, rule, field } = letter;
  const { message, remedy, text } = letter;
  const told = { company, id, code, rule, field, message, remedy, source, text };
  return { ...told, values: JSON.stringify(values), mentions: JSON.stringify(mentions) };
}

function parkedCells({ waitsFor, event, ...parked }: ParkedFact): Row {
  const { company, id, code, type, source, subject, version } = parked;
  return {
    company,
    id,
    code,
    type,
    source,
    subject,
    version,
    missing_kind: waitsFor.kind,
    missing_id: waitsFor.id,
    event: JSON.stringify(event),
  };
}

/** Dead letters that are open. */
export const lettersList: ListedTable = {
  shape: kept.shape,
  table: 'letters',
  orderBy: ['id'],
  show: (row) => ({
    ...shownCells(row, {
      id: 'text',
      company: 'text',
      code: 'text',
      rule: 'text',
      field: 'text',
      message: 'text',
      remedy: 'text',
    }),
    values: jsonIn(row, 'values'),
    mentions: jsonIn(row, 'mentions'),
    ...shownCells(row, { source: 'text', text: 'text' }),
  }),
};

/** Events that wait for something they name. */
export const parkedList: ListedTable = {
  shape: kept.shape,
  table: 'parked',
  orderBy: ['id'],
  show: (row) => ({
    ...shownCells(row, { id: 'text', company: 'text', code: 'text' }),
    waitsFor: { kind: textIn(row, 'missing_kind'), id: textIn(row, 'missing_id') },
    ...shownCells(row, { type: 'text', source: 'text', subject: 'text' }),
    version: numberIn(row, 'version'),
    event: jsonIn(row, 'event'),
  }),
};
