import { comparePositions, logBatches, origin, type EventStore } from '@tidemark/streams';

/** What reading a whole log showed. */
export interface CheckedLog {
  readonly events: number;
  /** What is wrong, in order, at most `problemsMax`; none: the log is whole. */
  readonly problems: readonly string[];
}

export const problemsMax = 100;

/**
 * Reads a log from its beginning: positions grow, and the revisions of every stream have no gap.
 * Holds one number per stream in memory. What the bytes are worth is the engine's business.
 */
export async function checkLog(store: EventStore): Promise<CheckedLog> {
  const problems: string[] = [];
  const revisions = new Map<string, number>();
  let events = 0;
  let last = origin;
  for await (const batch of logBatches(store, { limit: 5_000 })) {
    for (const { stream, revision, position } of batch.events) {
      events += 1;
      const expected = (revisions.get(stream) ?? -1) + 1;
      revisions.set(stream, revision);
      const found: string[] = [];
      if (comparePositions(position, last) <= 0) found.push(`${position} follows ${last}`);
      if (revision !== expected) {
        found.push(`${stream} has revision ${revision} where ${expected} comes`);
      }
      last = position;
      problems.push(...found.slice(0, problemsMax - problems.length));
    }
  }
  return { events, problems };
}
