import { origin, Outage, readLimits } from '@tidemark/streams';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Batch, FollowOptions, Position, ReadAllOptions } from '@tidemark/streams';
import type { Patience } from './bounds.js';
import { KeptCursors } from './kept-cursors.js';
import { LogCursor } from './log-cursor.js';
import { followServer } from './log-follower.js';
import type { OpenCursor } from './log-follower.js';
import type { LogHead } from './log-head.js';
import { commitOf, positionOf } from './log-position.js';
import type { Namespace } from './namespace.js';
import { takePage } from './page.js';

export interface LogReaderOptions {
  readonly client: EventStoreDBClient;
  readonly namespace: Namespace;
  readonly end: LogHead;
  /** Where the namespace begins: nothing of ours lies before. */
  readonly begin: bigint;
  readonly patience: Patience;
}

type Prefixes = readonly string[] | undefined;

/** Reads and follows the log of the namespace in commit order. */
export class LogReader {
  readonly #options: LogReaderOptions;
  readonly #kept = new KeptCursors();
  readonly #following = new Set<LogCursor>();
  #closed = false;

  constructor(options: LogReaderOptions) {
    this.#options = options;
  }

  async head(): Promise<bigint> {
    const { head } = await this.#options.end.find();
    return head;
  }

  async readAll({ after = origin, limit, streamPrefixes }: ReadAllOptions): Promise<Batch> {
    checkReadLimit(limit);
    const key = keyOf(after, streamPrefixes);
    const kept = this.#kept.take(key);
    if (kept !== undefined && kept.cursor.failure === undefined) {
      return this.#page(kept, { after, limit, streamPrefixes, fresh: false });
    }
    const known = await this.#known(after);
    if (commitOf(after) >= known) return { events: [], through: after, atHead: true };
    const open = this.#open({ after, streamPrefixes, head: known });
    return this.#page(open, { after, limit, streamPrefixes, fresh: true });
  }

  follow(options: FollowOptions = {}): AsyncIterable<Batch> {
    const { after = origin, limit } = options;
    if (limit !== undefined) checkReadLimit(limit);
    const server = {
      patience: this.#options.patience,
      head: () => this.head(),
      over: () => this.#closed,
      open: async (from: Position, streamPrefixes: Prefixes) =>
        this.#open({ after: from, streamPrefixes, head: await this.#known(from) }),
    };
    return followServer(server, { ...options, after }, this.#following);
  }

  close(): void {
    this.#closed = true;
    this.#kept.close();
    for (const cursor of this.#following) cursor.close();
  }

  async #page(
    open: OpenCursor,
    wanted: { after: Position; limit: number; streamPrefixes: Prefixes; fresh: boolean },
  ): Promise<Batch> {
    const { after, limit, streamPrefixes, fresh } = wanted;
    const { cursor } = open;
    let keep = false;
    try {
      const ms = this.#options.patience.callMs;
      const { events, drained } = await takePage(cursor, { limit, head: open.head, ms });
      const last = commitOf(events.at(-1)?.position ?? after);
      const reached = drained && open.head > last ? open.head : last;
      // Whether that is the head is known already, unless it was asked for a while ago.
      const isOld = reached > open.head || (reached === open.head && !fresh);
      const head = isOld ? await this.head() : open.head;
      const through = positionOf(reached);
      const atHead = reached >= head;
      keep = !atHead && !cursor.caughtUp && cursor.failure === undefined && !this.#closed;
      if (keep) this.#kept.keep(keyOf(through, streamPrefixes), open);
      return { events, through, atHead };
    } finally {
      if (!keep) cursor.close();
    }
  }

  #open(wanted: { after: Position; streamPrefixes: Prefixes; head: bigint }): OpenCursor {
    const { client, namespace, begin } = this.#options;
    const { streamPrefixes, head } = wanted;
    const from = commitOf(wanted.after);
    const after = from > begin ? from : begin;
    return { cursor: new LogCursor(client, namespace, { after, streamPrefixes }), head };
  }

  /** The head of the log, which a reader who stands at `after` can rely on. */
  async #known(after: Position): Promise<bigint> {
    const from = commitOf(after);
    const { head, end } = await this.#options.end.find();
    if (from <= end) return head;
    throw new Outage(
      'unavailable',
      `The server's log ends at ${positionOf(end)}, before the position ${after} that was read ` +
        'from it earlier. A server that has just started is soon done with its index; one that ' +
        'was restored from an older backup has lost events.',
    );
  }
}

function keyOf(after: Position, streamPrefixes: Prefixes): string {
  return JSON.stringify([after, streamPrefixes ?? null]);
}

export function checkReadLimit(limit: number): void {
  if (Number.isInteger(limit) && limit > 0 && limit <= readLimits.events) return;
  throw new RangeError(`A read of ${limit} events; ask for 1 to ${readLimits.events}.`);
}
