import { origin } from './position.js';
import { readLimits } from './limits.js';
import type { Batch, FollowOptions, ReadAllOptions } from './event-store.js';

/** Tells waiting followers that the log has grown; for adapters. */
export interface Bell {
  /** How often it rang. */
  readonly rings: number;
  /** After `ring` or `silence`, wakes all that wait. */
  ring(): void;
  /** No more events will come: followers end. */
  silence(): void;
  readonly silenced: boolean;
  /** Resolves as soon as `rings` is no longer `heard`, or the bell is silenced, or on abort. */
  next(heard: number, signal: AbortSignal | undefined): Promise<void>;
}

export function createBell(): Bell {
  let rings = 0;
  let silenced = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const resume of [...waiting]) resume();
  };
  return {
    get rings() {
      return rings;
    },
    get silenced() {
      return silenced;
    },
    ring() {
      rings += 1;
      wake();
    },
    silence() {
      silenced = true;
      wake();
    },
    next(heard, signal) {
      if (silenced || rings !== heard || signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const resume = () => {
          waiting.delete(resume);
          signal?.removeEventListener('abort', resume);
          resolve();
        };
        waiting.add(resume);
        signal?.addEventListener('abort', resume);
      });
    },
  };
}

/** What `followLog` needs of a store. */
export interface FollowedLog {
  readonly bell: Bell;
  readAll(options: ReadAllOptions): Promise<Batch>;
}

/**
 * Follows a log by reading on from the last `through` and sleeping on the bell at its end. There is
 * no second path for live events, so none can be missed or seen twice where catching up ends.
 */
export async function* followLog(
  log: FollowedLog,
  options: FollowOptions = {},
): AsyncGenerator<Batch, void, void> {
  const { signal, streamPrefixes, limit = readLimits.batch } = options;
  let after = options.after ?? origin;
  const over = () => log.bell.silenced || signal?.aborted === true;
  while (!over()) {
    const heard = log.bell.rings;
    const batch = await log.readAll({
      after,
      limit,
      ...(streamPrefixes === undefined ? {} : { streamPrefixes }),
    });
    if (over()) return;
    if (batch.through > after) {
      after = batch.through;
      yield batch;
    } else {
      await log.bell.next(heard, signal);
    }
  }
}
