import { START, streamNameFilter } from '@eventstore/db-client';
import type { AllStreamSubscription, EventStoreDBClient } from '@eventstore/db-client';
import { Outage } from '@tidemark/streams';
import type { StoredEvent } from '@tidemark/streams';
import { clientBounds } from './bounds.js';
import { failureOf } from './client-failure.js';
import { fromStored } from './event-codec.js';
import { beforeAll } from './log-position.js';
import type { Namespace } from './namespace.js';

export interface CursorStart {
  /** The cursor gives the events after this one. */
  readonly after: bigint;
  readonly streamPrefixes: readonly string[] | undefined;
}

/** One subscription to the log, filtered by the server and read at the reader's own pace. */
export class LogCursor {
  readonly #namespace: Namespace;
  readonly #subscription: AllStreamSubscription;
  #caughtUp = false;
  #confirmed = false;
  #looked = beforeAll;
  #failure: unknown;
  #changes = 0;
  #wake: () => void = () => undefined;

  constructor(client: EventStoreDBClient, namespace: Namespace, start: CursorStart) {
    this.#namespace = namespace;
    const { after } = start;
    const filter = streamNameFilter({
      regex: namespace.pattern(start.streamPrefixes),
      maxSearchWindow: clientBounds.searchWindow,
      checkpointInterval: 1,
      checkpointReached: (_subscription, { commit }) => {
        if (commit > this.#looked) this.#looked = commit;
        this.#changed();
      },
    });
    this.#subscription = client.subscribeToAll(
      {
        fromPosition: after === beforeAll ? START : { commit: after, prepare: after },
        filter,
        requiresLeader: true,
      },
      { highWaterMark: clientBounds.readAhead },
    );
    this.#listen();
  }

  #listen(): void {
    const note = (change: () => void) => () => {
      change();
      this.#changed();
    };
    const ended = new Outage('unavailable', 'The server ended a subscription. Follow again.');
    this.#subscription
      .on('readable', () => this.#changed())
      .on(
        'confirmation',
        note(() => (this.#confirmed = true)),
      )
      .on(
        'caughtUp',
        note(() => (this.#caughtUp = true)),
      )
      .on(
        'fellBehind',
        note(() => (this.#caughtUp = false)),
      )
      .on(
        'end',
        note(() => (this.#failure ??= ended)),
      )
      .on('error', (error) => {
        this.#failure ??= failureOf(error, 'Following the log');
        this.#changed();
      });
  }

  /** The next event, if one is at hand. */
  take(): StoredEvent | undefined {
    for (;;) {
      const resolved: unknown = this.#subscription.read();
      if (resolved === null) return undefined;
      if (typeof resolved !== 'object') continue;
      const event = fromStored(resolved, this.#namespace);
      if (event !== undefined) return event;
    }
  }

  /** All events there were have been taken, when `take` gives none. */
  get caughtUp(): boolean {
    return this.#caughtUp;
  }

  /** When `take` gives none: how far the server says it has looked. */
  get looked(): bigint {
    return this.#looked;
  }

  /** The server has taken the subscription. */
  get confirmed(): boolean {
    return this.#confirmed;
  }

  /** Why there will be no more events, if so. */
  get failure(): unknown {
    return this.#failure;
  }

  /** How often something has changed: an event at hand, caught up, failed. */
  get changes(): number {
    return this.#changes;
  }

  /** Resolves with true when `changes` is no longer `heard`, with false after `ms`. */
  change(heard: number, ms: number): Promise<boolean> {
    if (this.#changes !== heard) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#wake = () => undefined;
        resolve(false);
      }, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  close(): void {
    this.#failure ??= new Outage('unavailable', 'This subscription was given up.');
    this.#changed();
    // What has been read ahead must flow off, or the cancelled call never ends.
    this.#subscription.removeAllListeners('readable').resume();
    // What never began has nothing to cancel; its failure has come by `error`.
    this.#subscription.unsubscribe().catch(() => undefined);
  }

  #changed(): void {
    this.#changes += 1;
    const wake = this.#wake;
    this.#wake = () => undefined;
    wake();
  }
}
