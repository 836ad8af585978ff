import { company, decisionProblems, listProblems, plan, type Operation } from './operation.js';
import { examples } from './examples.js';
import { ref, type Schema } from './schemas.js';

const rows: Schema = {
  type: 'object',
  required: ['plan', 'revision', 'tidemark', 'items', 'total'],
  properties: { items: { type: 'array', items: { type: 'object' } } },
};

/** What only the planner can answer; nothing is changed by asking. */
export const questionOperations: readonly Operation[] = [
  {
    id: 'previewCommand',
    method: 'post',
    path: `${company}/commands/preview`,
    summary: 'The decisions that a command would record; nothing is recorded.',
    permission: 'plans.read',
    body: { schema: ref('Command'), example: examples.command },
    answer: { schema: { type: 'object', required: ['decisions'] } },
    problems: decisionProblems,
  },
  {
    id: 'listFindings',
    method: 'get',
    path: `${plan}/findings`,
    summary: 'Settings that deserve a warning, each with what its proposal would change.',
    permission: 'plans.read',
    answer: { schema: rows },
    problems: listProblems,
  },
  {
    id: 'listShortages',
    method: 'get',
    path: `${plan}/shortages`,
    summary: 'What demands lack through all levels, by item.',
    permission: 'plans.read',
    query: ['demand'],
    answer: { schema: rows },
    problems: listProblems,
  },
  {
    id: 'explode',
    method: 'get',
    path: `${plan}/explosions/{of}`,
    summary: 'The orders that must be completed for a demand; the demands that hang on an order.',
    permission: 'plans.read',
    query: ['minPosition'],
    answer: { schema: { type: 'object', required: ['of', 'orders', 'demands', 'isCut'] } },
    problems: listProblems,
  },
];
