import { bodyTypes } from '../http/bodies.js';
import { examples } from './examples.js';
import { pageOf, ref, type Schema } from './schemas.js';

/** One operation of the API as the published document tells it. */
export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  /** What a caller will have to be allowed to do; all of it is allowed today. */
  readonly permission: string;
  readonly query?: readonly QueryName[];
  readonly body?: { readonly schema: Schema; readonly example: unknown; readonly isEvents?: true };
  readonly answer: { readonly type?: string; readonly schema: Schema; readonly example?: unknown };
  /** Statuses of the problem answers. */
  readonly problems: readonly number[];
}

export type QueryName =
  | 'source'
  | 'item'
  | 'limit'
  | 'cursor'
  | 'minPosition'
  | 'from'
  | 'kind'
  | 'type'
  | 'status'
  | 'fromDate'
  | 'toDate'
  | 'messageKind'
  | 'demand';

export const company = '/v1/companies/{company}';
export const plan = `${company}/plans/{plan}`;
export const json = bodyTypes.json[0];
export const listQuery = ['item', 'limit', 'cursor', 'minPosition'] as const;
export const listProblems = [400, 404, 503, 504] as const;
export const decisionProblems = [400, 404, 413, 415, 422, 503] as const;

export function list(name: string, row: string, summary: string, example?: unknown): Operation {
  return {
    id: `list${name[0]?.toUpperCase()}${name.slice(1)}`,
    method: 'get',
    path: `${plan}/${name}`,
    summary,
    permission: 'plans.read',
    query: listQuery,
    answer: {
      schema: pageOf(ref(row)),
      ...(example === undefined
        ? {}
        : { example: { ...examples.stand, items: [example], total: 1 } }),
    },
    problems: listProblems,
  };
}
