import { Outage, readLimits } from '@tidemark/streams';
import type { Batch, FollowOptions, Position } from '@tidemark/streams';
import type { Patience } from './bounds.js';
import type { LogCursor } from './log-cursor.js';
import { commitOf, positionOf } from './log-position.js';
import { takePage } from './page.js';

/** A cursor with what its reader knows: the head of the log before it was opened. */
export interface OpenCursor {
  readonly cursor: LogCursor;
  readonly head: bigint;
}

export interface FollowedServer {
  readonly patience: Patience;
  /** @throws Outage if the server does not answer. */
  open(after: Position, streamPrefixes: readonly string[] | undefined): Promise<OpenCursor>;
  /** The last event of the namespace. */
  head(): Promise<bigint>;
  /** The store was closed. */
  over(): boolean;
}

type Following = FollowOptions & { readonly after: Position };

// A subscription that breaks again and again without having given anything is no accident.
const breaksMax = 3;

/**
 * Follows the log by a subscription, at the pace of the reader. One that breaks is made anew after
 * the last batch, as long as the server answers; one that is silent although the log goes on, too.
 */
export async function* followServer(
  server: FollowedServer,
  following: Following,
  cursors: Set<LogCursor>,
): AsyncGenerator<Batch, void, void> {
  const { signal, streamPrefixes } = following;
  const over = () => server.over() || signal?.aborted === true;
  let { after } = following;
  let breaks = 0;
  while (!over()) {
    const open = await server.open(after, streamPrefixes).catch((thrown: unknown) => {
      // A store that closes breaks off the calls of its followers.
      if (over()) return undefined;
      throw thrown;
    });
    if (open === undefined) return;
    const stop = () => open.cursor.close();
    signal?.addEventListener('abort', stop);
    cursors.add(open.cursor);
    try {
      // Over while it was being opened: nobody will wake it any more.
      if (over()) return;
      for await (const batch of batchesOf(server, open, { ...following, after })) {
        if (over()) return;
        ({ through: after } = batch);
        breaks = 0;
        yield batch;
        if (over()) return;
      }
    } catch (thrown) {
      if (over()) return;
      breaks += 1;
      const mayHeal = thrown instanceof Outage && open.cursor.confirmed;
      if (!mayHeal || breaks > breaksMax) throw thrown;
    } finally {
      signal?.removeEventListener('abort', stop);
      cursors.delete(open.cursor);
      open.cursor.close();
    }
  }
}

/** Batches of one subscription, until a new one would know more. */
async function* batchesOf(
  server: FollowedServer,
  { cursor, head }: OpenCursor,
  { after, limit = readLimits.batch }: Following,
): AsyncGenerator<Batch, void, void> {
  const { callMs, watchMs } = server.patience;
  let through = commitOf(after);
  for (;;) {
    const heard = cursor.changes;
    const { events, drained, looked } = await takePage(cursor, { limit, head, ms: callMs });
    const last = events.at(-1);
    const reached = [through];
    if (last !== undefined) reached.push(commitOf(last.position));
    if (drained) reached.push(head, looked);
    const now = reached.reduce((one, other) => (one > other ? one : other));
    if (now > through) {
      through = now;
      yield { events, through: positionOf(through), atHead: drained };
    } else if (!(await cursor.change(heard, watchMs)) && (await server.head()) > through) {
      // The log has gone on and we were told nothing: the subscription is stuck, or what came is
      // for others and we may move on.
      return;
    }
  }
}
