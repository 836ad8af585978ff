import { setTimeout as pause } from 'node:timers/promises';
import { createBell, type Bell, type EventStore } from '@tidemark/streams';
import { planStream } from '@tidemark/wire';

/** A bell that rings when a company has published a revision, as long as it is listened to. */
export interface Listening {
  readonly bell: Bell;
  end(): void;
}

interface Followed {
  readonly bell: Bell;
  readonly leaving: AbortController;
  listeners: number;
}

const reconnectMs = 1_000;

/**
 * Rings for revisions that planners elsewhere publish: the plans of a company are followed in the
 * log while somebody listens, once for all its listeners.
 */
export class PlanBells {
  readonly #store: EventStore;
  readonly #followed = new Map<string, Followed>();
  #isStopped = false;

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Whoever listens first and reads then misses nothing. */
  listen(company: string): Listening {
    const followed = this.#followed.get(company) ?? this.#follow(company);
    followed.listeners += 1;
    let hasEnded = false;
    const end = (): void => {
      if (hasEnded) return;
      hasEnded = true;
      followed.listeners -= 1;
      if (followed.listeners > 0) return;
      followed.leaving.abort();
      if (this.#followed.get(company) === followed) this.#followed.delete(company);
    };
    return { bell: followed.bell, end };
  }

  stop(): void {
    this.#isStopped = true;
    for (const { bell, leaving } of this.#followed.values()) {
      bell.silence();
      leaving.abort();
    }
  }

  #follow(company: string): Followed {
    const followed = { bell: createBell(), leaving: new AbortController(), listeners: 0 };
    if (this.#isStopped) followed.bell.silence();
    else {
      this.#followed.set(company, followed);
      void this.#ring(company, followed);
    }
    return followed;
  }

  async #ring(company: string, { bell, leaving: { signal } }: Followed): Promise<void> {
    const streamPrefixes = [planStream(company, '')];
    while (!signal.aborted) {
      try {
        const after = await this.#store.head();
        // What was published until now may not have been read: look once more.
        bell.ring();
        for await (const { events } of this.#store.follow({ after, streamPrefixes, signal })) {
          for (const { type } of events) if (type === 'PlanRevisionCommitted') bell.ring();
        }
      } catch {
        // Whoever listens reads the log too, and tells what is wrong with it.
        bell.ring();
      }
      await pause(reconnectMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
