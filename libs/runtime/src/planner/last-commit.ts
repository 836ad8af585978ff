import type { EventStore } from '@tidemark/streams';
import { decodeStored, type RevisionCommit } from '@tidemark/wire';

const eventsPerPage = 100;

/**
 * The last revision that a plan's stream holds whole; undefined: none. Chunks after it were left by
 * a planner that died: they count for nothing.
 */
export async function lastCommit(
  store: EventStore,
  stream: string,
): Promise<RevisionCommit | undefined> {
  const options = { limit: eventsPerPage, direction: 'backwards' as const };
  let page = await store.readStream(stream, options);
  for (;;) {
    for (const event of page) {
      if (event.type !== 'PlanRevisionCommitted') continue;
      const meaning = decodeStored(event);
      if (meaning.kind === 'revisionCommitted') return meaning.commit;
    }
    const first = page.at(-1);
    if (first === undefined || first.revision === 0) return undefined;
    page = await store.readStream(stream, { ...options, from: first.revision - 1 });
  }
}
