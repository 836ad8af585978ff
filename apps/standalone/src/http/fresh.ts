import type { PlanView } from '@tidemark/planning';
import type { HttpReply, HttpRequest } from './exchange.js';

/** What every answer about a plan tells of itself. */
export interface Stand {
  readonly plan: string;
  readonly revision: number;
  readonly tidemark: string;
}

export function standOf({ definition, revision, tidemark }: PlanView): Stand {
  return { plan: definition.id, revision, tidemark };
}

const notModified = 304;

/**
 * Says by which revision the answer is made. True if the reader has this very answer already: the
 * address says what was asked, so the revision is all that can differ.
 */
export function isUnchanged(
  request: HttpRequest,
  reply: HttpReply,
  stand: Omit<Stand, 'plan'>,
): boolean {
  const tag = `"${stand.revision}-${stand.tidemark}"`;
  reply.header('etag', tag);
  reply.header('cache-control', 'no-cache');
  const known = request.headers['if-none-match'];
  if (known === undefined) return false;
  const tags = known.split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (known.trim() !== '*' && !tags.includes(tag)) return false;
  reply.code(notModified);
  return true;
}
