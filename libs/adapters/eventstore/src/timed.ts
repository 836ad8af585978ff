import { Outage } from '@tidemark/streams';
import { mayPass } from './client-failure.js';

/**
 * The answer of a call, or an Outage when it takes longer: the client's own deadlines do not bind
 * on every path. What an abandoned call answers later is dropped.
 */
export function within<Answer>(
  call: Promise<Answer>,
  { ms, doing, ambiguous = false }: { ms: number; doing: string; ambiguous?: boolean },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(overdue(doing, { ms, ambiguous })), ms);
    call.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export function overdue(
  doing: string,
  { ms, ambiguous = false }: { ms: number; ambiguous?: boolean },
): Outage {
  const message = `${doing}: the server did not answer for ${ms} ms. Is it up? Try again.`;
  return new Outage('timeout', message, { ambiguous });
}

/**
 * Makes a call that may be repeated without harm, once more if it fails: the client notices only by
 * a failed call that a connection is gone or another node leads, and connects anew for the next.
 */
export async function twice<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (thrown) {
    if (!mayPass(thrown)) throw thrown;
    return call();
  }
}
