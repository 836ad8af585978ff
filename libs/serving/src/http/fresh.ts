import type { PlanStand } from '@tidemark/runtime';
import type { HttpReply, HttpRequest } from './exchange.js';

const notModified = 304;

/**
 * Says by which revision the answer is made. True if the reader has this very answer already: the
 * address says what was asked, so the revision is all that can differ.
 */
export function isUnchanged(
  request: HttpRequest,
  reply: HttpReply,
  stand: Omit<PlanStand, 'plan'>,
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
