import { readLimits } from '@tidemark/streams';
import type { StoredEvent } from '@tidemark/streams';
import { commitOf } from './log-position.js';
import type { LogCursor } from './log-cursor.js';
import { overdue } from './timed.js';

export interface PageOptions {
  readonly limit: number;
  /** The last event of the namespace, known before the cursor was opened. */
  readonly head: bigint;
  /** Longest time without an event. */
  readonly ms: number;
}

export interface Page {
  readonly events: readonly StoredEvent[];
  /** Everything there was has been taken: the log was looked at up to `head` at least. */
  readonly drained: boolean;
  /** How far the server said it had looked when the page was drained. */
  readonly looked: bigint;
}

/** Takes events until the page is full or the log ends. A failure comes after what was at hand. */
export async function takePage(cursor: LogCursor, options: PageOptions): Promise<Page> {
  const { limit, head, ms } = options;
  const events: StoredEvent[] = [];
  const page = (drained: boolean): Page => ({ events, drained, looked: cursor.looked });
  let units = 0;
  for (;;) {
    const heard = cursor.changes;
    const event = cursor.take();
    if (event !== undefined) {
      events.push(event);
      units += event.dataText.length + event.metaText.length;
      if (events.length >= limit || units >= readLimits.bytes) return page(false);
      continue;
    }
    const last = events.at(-1);
    if (cursor.failure !== undefined) {
      if (last === undefined) throw cursor.failure;
      return page(false);
    }
    if (cursor.caughtUp) return page(true);
    if (last !== undefined && commitOf(last.position) >= head) return page(true);
    if (!(await cursor.change(heard, ms))) throw overdue('Reading the log', { ms });
  }
}
