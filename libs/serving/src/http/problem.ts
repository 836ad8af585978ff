import { failed, type Refusal, type Result } from '@tidemark/kernel';
import type { WireRefusal } from '@tidemark/wire';

/** An answer that is none: RFC 9457, with our code, rule, values and remedy. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly refusal: Refusal | WireRefusal;
  /** Members of the answer besides the refusal's own. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    refusal: Refusal | WireRefusal,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(refusal.message);
    this.status = status;
    this.refusal = refusal;
    this.more = more;
  }
}

export const statuses = {
  done: 200,
  badRequest: 400,
  notFound: 404,
  conflict: 409,
  tooLarge: 413,
  mediaType: 415,
  misdirected: 421,
  notPossible: 422,
  failed: 500,
  unavailable: 503,
  timeout: 504,
} as const;

const statusByCode = new Map<string, number>([
  ['UNKNOWN_COMPANY', statuses.notFound],
  ['UNKNOWN_PLAN', statuses.notFound],
  ['UNKNOWN_ORDER', statuses.notFound],
  ['UNKNOWN_LETTER', statuses.notFound],
  ['UNKNOWN_READ_MODEL', statuses.notFound],
  ['UNKNOWN_REVISION', statuses.notFound],
  ['POSITION_NOT_REACHED', statuses.timeout],
  ['TOO_MANY_EVENTS', statuses.tooLarge],
  ['TOO_LONG', statuses.tooLarge],
]);

/** The value, or the refusal as a problem; `status` where the code does not say it. */
export function valueOf<Value>(
  result: Result<Value, Refusal | WireRefusal>,
  status: number = statuses.badRequest,
): Value {
  if (result.ok) return result.value;
  throw new Problem(statusByCode.get(result.failure.code) ?? status, result.failure);
}

/** As `valueOf`, of a decision: what it names is part of what is asked, so all of it is 422. */
export function settledOf<Value>(result: Result<Value, Refusal>): Value {
  if (result.ok) return result.value;
  throw new Problem(statuses.notPossible, result.failure);
}

export function refuse(failure: WireRefusal): never {
  return valueOf(failed(failure));
}

const titles = new Map<number, string>([
  [statuses.badRequest, 'The request is not of the contract'],
  [statuses.notFound, 'There is no such thing'],
  [statuses.conflict, 'It does not fit what is there now'],
  [statuses.tooLarge, 'Too much in one request'],
  [statuses.mediaType, 'The body is of a type that is not taken'],
  [statuses.misdirected, 'It is asked of the wrong process'],
  [statuses.notPossible, 'The rules of planning do not allow it'],
  [statuses.failed, 'A defect of the server'],
  [statuses.unavailable, 'The server cannot answer now'],
  [statuses.timeout, 'The plan is not there yet'],
]);

export const problemType = 'application/problem+json';

/** The body of a problem answer. */
export function problemBody(problem: Problem, instance: string): Record<string, unknown> {
  const { status, refusal, more } = problem;
  const { code, message, mentions, remedy, field } = refusal;
  return {
    type: `urn:tidemark:problem:${code}`,
    title: titles.get(status) ?? 'The request failed',
    status,
    detail: message,
    instance,
    code,
    rule: 'rule' in refusal ? refusal.rule : code,
    ...(field === undefined || field === '' ? {} : { field }),
    values: 'values' in refusal ? refusal.values : {},
    mentions,
    remedy: remedy ?? 'Correct the request.',
    ...more,
  };
}
