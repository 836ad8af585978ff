import { examples } from './examples.js';
import {
  company,
  decisionProblems,
  json,
  list,
  listProblems,
  listQuery,
  plan,
  type Operation,
} from './operation.js';
import { listPageOf, pageOf, ref } from './schemas.js';

/** The way in, and what is kept of it. */
export const wayInOperations: readonly Operation[] = [
  {
    id: 'takeEvents',
    method: 'post',
    path: `${company}/events`,
    summary: 'Takes one event, an array of up to 10,000, or NDJSON of any length.',
    permission: 'events.write',
    query: ['source'],
    body: { schema: ref('Event'), example: examples.event, isEvents: true },
    answer: { schema: ref('Taken'), example: examples.taken },
    problems: [400, 413, 415, 503],
  },
  {
    id: 'listDeadLetters',
    method: 'get',
    path: `${company}/dead-letters`,
    summary: 'Refused events with their reasons, until they are sent again or given up.',
    permission: 'events.read',
    query: ['limit', 'cursor', 'minPosition'],
    answer: { schema: listPageOf(ref('DeadLetter')) },
    problems: listProblems,
  },
  {
    id: 'listParked',
    method: 'get',
    path: `${company}/parked`,
    summary: 'Events that wait for something they name and that is not known yet.',
    permission: 'events.read',
    query: ['limit', 'cursor', 'minPosition'],
    answer: { schema: listPageOf(ref('Parked')) },
    problems: listProblems,
  },
  {
    id: 'sendDeadLetterAgain',
    method: 'post',
    path: `${company}/dead-letters/{letter}/send-again`,
    summary: 'Takes the corrected event of the body, or without a body the letter once more.',
    permission: 'events.write',
    query: ['source'],
    body: { schema: ref('Event'), example: examples.event },
    answer: { schema: ref('Taken'), example: examples.taken },
    problems: [400, 404, 415, 503],
  },
  {
    id: 'giveDeadLetterUp',
    method: 'post',
    path: `${company}/dead-letters/{letter}/give-up`,
    summary: 'Settles a dead letter that nobody will correct.',
    permission: 'events.write',
    answer: {
      schema: { type: 'object', required: ['letter', 'givenUp'] },
      example: { letter: '0f3a', givenUp: true },
    },
    problems: [400, 404, 503],
  },
];

/** What planners ask for. */
export const decisionOperations: readonly Operation[] = [
  {
    id: 'command',
    method: 'post',
    path: `${company}/commands`,
    summary: 'Approve, unapprove, delete, firm, create or edit an order; mark; schedule; reserve.',
    permission: 'plans.decide',
    body: { schema: ref('Command'), example: examples.command },
    answer: { schema: ref('Settled') },
    problems: decisionProblems,
  },
  {
    id: 'run',
    method: 'post',
    path: `${company}/runs`,
    summary: 'Records a run of a plan and makes it.',
    permission: 'plans.run',
    body: { schema: ref('RunRequest'), example: examples.run },
    answer: { schema: ref('Settled') },
    problems: decisionProblems,
  },
  {
    id: 'copyPlan',
    method: 'post',
    path: `${company}/plan-copies`,
    summary: 'Puts one plan in the place of another.',
    permission: 'plans.run',
    body: { schema: ref('PlanCopy'), example: examples.planCopy },
    answer: { schema: ref('Settled') },
    problems: decisionProblems,
  },
  {
    id: 'promise',
    method: 'post',
    path: `${company}/promises`,
    summary: 'When a quantity could be had; the plan stays as it is.',
    permission: 'plans.read',
    body: { schema: ref('PromiseRequest'), example: examples.promiseRequest },
    answer: { schema: ref('Promise'), example: examples.promise },
    problems: decisionProblems,
  },
];

/** What readers of plans ask for. */
export const planOperations: readonly Operation[] = [
  {
    id: 'listCompanies',
    method: 'get',
    path: '/v1/companies',
    summary: 'The companies that have events.',
    permission: 'companies.read',
    answer: {
      schema: { type: 'object', properties: { items: { type: 'array' } } },
      example: { items: ['example'] },
    },
    problems: [],
  },
  {
    id: 'listPlans',
    method: 'get',
    path: `${company}/plans`,
    summary: 'The plans of a company, each with its revision and tidemark.',
    permission: 'plans.read',
    query: ['minPosition'],
    answer: {
      schema: { type: 'object', properties: { items: { type: 'array', items: ref('Plan') } } },
    },
    problems: [404, 503, 504],
  },
  {
    ...list('orders', 'Order', 'Planned orders.', examples.order),
    query: [...listQuery, 'type', 'status', 'fromDate', 'toDate'],
  },
  list('requirements', 'Requirement', 'Net requirements with the stock after each of them.'),
  list('coverage', 'Coverage', 'Which supply covers which demand.'),
  {
    ...list('messages', 'Message', 'Action and delay messages.'),
    query: [...listQuery, 'messageKind'],
  },
  list('stock', 'Stock', 'Stock on hand by node.'),
  {
    id: 'pegging',
    method: 'get',
    path: `${plan}/orders/{order}/pegging`,
    summary:
      'What an order is for, up to the top demands, and what it needs, down to bought parts.',
    permission: 'plans.read',
    query: ['minPosition'],
    answer: { schema: ref('Pegging') },
    problems: listProblems,
  },
  {
    id: 'listRevisions',
    method: 'get',
    path: `${plan}/revisions`,
    summary: 'The revisions of a plan, oldest first, without their lines.',
    permission: 'plans.read',
    query: ['limit', 'cursor', 'minPosition'],
    answer: { schema: pageOf(ref('RevisionHead')) },
    problems: listProblems,
  },
  {
    id: 'getRevision',
    method: 'get',
    path: `${plan}/revisions/{revision}`,
    summary: 'One revision: every changed line before and after, with its causes.',
    permission: 'plans.read',
    answer: { schema: ref('Revision') },
    problems: [404, 503],
  },
  {
    id: 'followChanges',
    method: 'get',
    path: `${plan}/changes`,
    summary: 'Each revision as it comes (server-sent events), after `Last-Event-ID` or `from`.',
    permission: 'plans.read',
    query: ['from', 'item', 'kind'],
    answer: { type: 'text/event-stream', schema: { type: 'string' } },
    problems: [400, 404, 409, 503],
  },
];

function operating(id: string, path: string, summary: string, type: string = json): Operation {
  const schema = { type: type === json ? 'object' : 'string' };
  const problems = path === '/health/ready' ? [503] : [];
  return {
    id,
    method: 'get',
    path,
    summary,
    permission: 'none',
    answer: { type, schema },
    problems,
  };
}

/** How a process is. */
export const healthOperations: readonly Operation[] = [
  operating('live', '/health/live', 'The process is up.'),
  operating('ready', '/health/ready', 'All that is needed is there and nothing has failed.'),
  operating('metrics', '/metrics', 'Figures for Prometheus.', 'text/plain'),
];

/** What explains the API. */
export const documentOperations: readonly Operation[] = [
  operating('openapi', '/openapi.json', 'This document.'),
  operating('apiPage', '/openapi', 'A page that shows this document and tries it.', 'text/html'),
  operating('apiPageStyle', '/openapi/swagger-ui.css', 'Of that page.', 'text/css'),
  operating('apiPageScript', '/openapi/swagger-ui-bundle.js', 'Of that page.', 'text/javascript'),
  operating('asyncapi', '/asyncapi.json', 'The events that come in and go out.'),
];

export const startPageOperations: readonly Operation[] = [
  operating('startPage', '/', 'A page that shows plans live.', 'text/html'),
];
