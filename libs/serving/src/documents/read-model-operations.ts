import { company, list, listProblems, listQuery, type Operation } from './operation.js';
import { placedPageOf, ref } from './schemas.js';

/** What the read models answer besides the lists of a plan. */
export const listOperations: readonly Operation[] = [
  list('churn', 'Churn', 'How often each planned order was moved, with the last move.'),
  {
    id: 'listStockPlaces',
    method: 'get',
    path: `${company}/stock`,
    summary: 'Stock on hand by item and dimensions: counts, receipts and issues folded.',
    permission: 'stock.read',
    query: listQuery,
    answer: { schema: placedPageOf(ref('StockPlace')) },
    problems: listProblems,
  },
  {
    id: 'listJournals',
    method: 'get',
    path: `${company}/journals`,
    summary: 'How far the journal of each item goes, with its last entry.',
    permission: 'events.read',
    query: listQuery,
    answer: { schema: placedPageOf(ref('Journal')) },
    problems: listProblems,
  },
];

/** What is asked of the read models themselves. */
export const readModelOperations: readonly Operation[] = [
  {
    id: 'listReadModels',
    method: 'get',
    path: '/v1/read-models',
    summary: 'The read models, how far each has folded the log, and which are being rebuilt.',
    permission: 'readModels.read',
    answer: { schema: ref('ReadModels') },
    problems: [503],
  },
  {
    id: 'rebuildReadModel',
    method: 'post',
    path: '/v1/read-models/{model}/rebuild',
    summary: 'Begins to fold a read model (or `all`) anew beside the one that goes on serving.',
    permission: 'readModels.rebuild',
    answer: {
      schema: { type: 'object', required: ['rebuilding'] },
      example: { rebuilding: ['orders'] },
    },
    problems: [404, 503],
  },
];
