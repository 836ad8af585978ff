import type { PlanRevision } from '@tidemark/planning';
import { batchMarkOf, type EventStore, type StoredEvent } from '@tidemark/streams';
import { decodeStored, joinRevision, type RevisionChunk } from '@tidemark/wire';
import type { Listening } from './plan-bells.js';

export interface PlanFeedOptions {
  readonly store: EventStore;
  /** The stream of the plan. */
  readonly stream: string;
  /** A bell that rings when the stream has grown. */
  listen(): Listening;
}

const eventsPerPage = 200;

/** The revisions that a plan has published, in order, as its stream holds them. */
export class PlanFeed {
  readonly #options: PlanFeedOptions;

  constructor(options: PlanFeedOptions) {
    this.#options = options;
  }

  /** The last revision in the stream; 0 if there is none. */
  async last(): Promise<number> {
    const { store, stream } = this.#options;
    for (let from: number | undefined; ;) {
      const page = await store.readStream(stream, {
        ...(from === undefined ? {} : { from }),
        limit: eventsPerPage,
        direction: 'backwards',
      });
      const commit = page.find(({ type }) => type === 'PlanRevisionCommitted');
      if (commit !== undefined) return revisionIn(commit);
      const first = page.at(-1);
      if (first === undefined || first.revision === 0) return 0;
      from = first.revision - 1;
    }
  }

  /** The revisions after this one that are in the stream now. */
  async *after(revision: number): AsyncGenerator<PlanRevision, void, void> {
    yield* this.#read({ next: await this.#placeAfter(revision) });
  }

  /**
   * The revisions after this one, then each as it comes: one way of reading for both, so that none
   * is missed or told twice where catching up ends. Ends with the signal or with the feed.
   */
  async *follow(revision: number, signal: AbortSignal): AsyncGenerator<PlanRevision, void, void> {
    const { bell, end } = this.#options.listen();
    try {
      const place = { next: await this.#placeAfter(revision) };
      while (!signal.aborted) {
        const heard = bell.rings;
        yield* this.#read(place);
        if (bell.silenced) return;
        await bell.next(heard, signal);
      }
    } finally {
      end();
    }
  }

  /** Resolves when the company has published so many revisions more, or never will. */
  async outrun(revisions: number, signal: AbortSignal): Promise<void> {
    const { bell, end } = this.#options.listen();
    try {
      const limit = bell.rings + revisions;
      while (bell.rings < limit && !bell.silenced && !signal.aborted) {
        await bell.next(bell.rings, signal);
      }
    } finally {
      end();
    }
  }

  /** Reads on from the place, and leaves it behind the last revision that is whole. */
  async *#read(place: Place): AsyncGenerator<PlanRevision, void, void> {
    const { store, stream } = this.#options;
    let open: OpenBatch = { chunks: [] };
    for (let from = place.next; ;) {
      const page = await store.readStream(stream, { from, limit: eventsPerPage });
      const last = page.at(-1);
      if (last === undefined) return;
      from = last.revision + 1;
      for (const event of page) {
        const batch = batchMarkOf(event)?.id;
        // Chunks whose writer gave up before the commit count for nothing.
        if (batch !== open.batch) open = { chunks: [], ...(batch === undefined ? {} : { batch }) };
        const meaning = decodeStored(event);
        if (meaning.kind === 'revisionChunk') open.chunks.push(meaning.chunk);
        if (meaning.kind !== 'revisionCommitted') continue;
        place.next = event.revision + 1;
        yield joinRevision(open.chunks, meaning.commit);
        open = { chunks: [] };
      }
    }
  }

  /** Place of the first event of a revision above this one: their numbers grow along the stream. */
  async #placeAfter(revision: number): Promise<number> {
    const { store, stream } = this.#options;
    if (revision <= 0) return 0;
    const [last] = await store.readStream(stream, { limit: 1, direction: 'backwards' });
    let low = 0;
    let high = last === undefined ? 0 : last.revision + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [event] = await store.readStream(stream, { from: middle, limit: 1 });
      if (event !== undefined && revisionIn(event) <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

interface Place {
  /** Revision of the next event of the stream. */
  next: number;
}

interface OpenBatch {
  readonly batch?: string;
  readonly chunks: RevisionChunk[];
}

/** The plan's revision that a chunk or a commit belongs to. */
function revisionIn({ data }: StoredEvent): number {
  if (typeof data !== 'object' || data === null || !('revision' in data)) return 0;
  return typeof data.revision === 'number' ? data.revision : 0;
}
