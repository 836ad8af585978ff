import { overloadOf, turnLimits } from '@tidemark/streams';
import type { AppendOutcome, EncodedAppend } from '@tidemark/streams';

/** Bounds of one transaction, and of how many run at once. */
export const queueLimits = { ...turnLimits, groups: 4 } as const;

export interface AppendQueue {
  /** Queues the append; resolves when it is durable. */
  append(encoded: EncodedAppend): Promise<AppendOutcome>;
  /** Resolves when nothing waits or is under way. */
  drained(): Promise<void>;
}

interface Waiting {
  readonly encoded: EncodedAppend;
  resolve(outcome: AppendOutcome): void;
  reject(reason: unknown): void;
}

export type Settled = PromiseSettledResult<AppendOutcome>;

/**
 * Collects the appends of one turn of the event loop, and those that wait while others are under
 * way, into one transaction. A few transactions run at once; of one stream at most one append is
 * under way, so that they keep the order of the calls. `commit` settles every append of a group.
 */
export function createAppendQueue(
  commit: (group: readonly EncodedAppend[]) => Promise<readonly Settled[]>,
): AppendQueue {
  let queue: Waiting[] = [];
  let units = 0;
  let running = 0;
  let scheduled = false;
  const busy = new Set<string>();
  let onDrained: (() => void)[] = [];

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      while (running < queueLimits.groups) {
        const { group, left } = takeGroup(queue, busy);
        if (group.length === 0) break;
        queue = left;
        for (const { encoded } of group) {
          units -= encoded.units;
          busy.add(encoded.stream);
        }
        void run(group);
      }
    });
  }

  async function run(group: readonly Waiting[]): Promise<void> {
    running += 1;
    const outcomes = await settledAll(group, commit);
    running -= 1;
    group.forEach(({ encoded, resolve, reject }, index) => {
      busy.delete(encoded.stream);
      const outcome = outcomes[index];
      if (outcome === undefined) reject(new Error('A commit gave no outcome.'));
      else if (outcome.status === 'fulfilled') resolve(outcome.value);
      else reject(outcome.reason);
    });
    if (queue.length > 0) schedule();
    else if (running === 0) for (const resolve of onDrained.splice(0)) resolve();
  }

  return {
    append(encoded) {
      const overload = overloadOf({ appends: queue.length, units });
      if (overload !== undefined) return Promise.reject(overload);
      units += encoded.units;
      schedule();
      return new Promise((resolve, reject) => {
        queue.push({ encoded, resolve, reject });
      });
    },
    drained() {
      if (running === 0 && queue.length === 0) return Promise.resolve();
      return new Promise((resolve) => {
        onDrained = [...onDrained, resolve];
      });
    },
  };
}

/** The next group, of streams that are not busy, and what is left in its order. */
function takeGroup(
  queue: readonly Waiting[],
  busy: ReadonlySet<string>,
): { readonly group: Waiting[]; readonly left: Waiting[] } {
  const group: Waiting[] = [];
  const left: Waiting[] = [];
  const met = new Set(busy);
  let taken = 0;
  for (const waiting of queue) {
    const { stream, units } = waiting.encoded;
    const full = group.length >= queueLimits.appends || taken + units > queueLimits.units;
    // A stream whose earlier append must wait makes its later ones wait.
    if (met.has(stream) || (full && group.length > 0)) left.push(waiting);
    else {
      taken += units;
      group.push(waiting);
    }
    met.add(stream);
  }
  return { group, left };
}

async function settledAll(
  group: readonly Waiting[],
  commit: (group: readonly EncodedAppend[]) => Promise<readonly Settled[]>,
): Promise<readonly Settled[]> {
  try {
    return await commit(group.map(({ encoded }) => encoded));
  } catch (reason) {
    return group.map(() => ({ status: 'rejected', reason }));
  }
}
