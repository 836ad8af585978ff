import { Outage, overloadOf } from '@tidemark/streams';
import type { AppendOutcome, EncodedAppend } from '@tidemark/streams';

/** Bounds of one transaction. Units are those of `EncodedAppend`. */
export const groupLimits = {
  appends: 4_096,
  units: 8_000_000,
} as const;

export interface GroupCommit {
  /** Queues the append; resolves when it is durable. */
  append(encoded: EncodedAppend): Promise<AppendOutcome>;
  /** Refuses all further appends, those in the queue too. */
  refuse(because: Outage): void;
  /** Resolves when the queue is empty. */
  drained(): Promise<void>;
}

interface Waiting {
  readonly encoded: EncodedAppend;
  resolve(outcome: AppendOutcome): void;
  reject(reason: unknown): void;
}

/**
 * Collects the appends of one turn of the event loop into one transaction, hence one fsync: the
 * more are in flight, the cheaper each is. A lone append waits for nobody.
 *
 * `commit` writes a group durably and gives one outcome each. After a fatal outage nothing is
 * written any more.
 */
export function createGroupCommit(
  commit: (group: readonly EncodedAppend[]) => readonly AppendOutcome[],
): GroupCommit {
  let queue: Waiting[] = [];
  let units = 0;
  let scheduled = false;
  let refused: Outage | undefined;
  let onDrained: (() => void)[] = [];

  function flush(): void {
    scheduled = false;
    const group = takeGroup(queue);
    queue = queue.slice(group.length);
    for (const { encoded } of group) units -= encoded.units;
    settle(group, commit, (outage) => refuse(outage));
    if (queue.length > 0) schedule();
    else for (const resolve of onDrained.splice(0)) resolve();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  }

  function refuse(because: Outage): void {
    refused ??= because;
    for (const { reject } of queue) reject(refusalAfter(because));
    queue = [];
    units = 0;
  }

  return {
    refuse,
    append(encoded) {
      if (refused !== undefined) return Promise.reject(refusalAfter(refused));
      const overload = overloadOf({ appends: queue.length, units });
      if (overload !== undefined) return Promise.reject(overload);
      units += encoded.units;
      schedule();
      return new Promise((resolve, reject) => {
        queue.push({ encoded, resolve, reject });
      });
    },
    drained() {
      if (!scheduled) return Promise.resolve();
      return new Promise((resolve) => {
        onDrained = [...onDrained, resolve];
      });
    },
  };
}

function takeGroup(queue: readonly Waiting[]): readonly Waiting[] {
  let units = 0;
  let taken = 0;
  for (const { encoded } of queue) {
    if (taken >= groupLimits.appends || (taken > 0 && units >= groupLimits.units)) break;
    units += encoded.units;
    taken += 1;
  }
  return queue.slice(0, taken);
}

function settle(
  group: readonly Waiting[],
  commit: (group: readonly EncodedAppend[]) => readonly AppendOutcome[],
  refuse: (outage: Outage) => void,
): void {
  if (group.length === 0) return;
  try {
    const outcomes = commit(group.map(({ encoded }) => encoded));
    group.forEach((waiting, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) waiting.reject(new Error('A commit gave no outcome.'));
      else waiting.resolve(outcome);
    });
  } catch (thrown) {
    for (const { reject } of group) reject(thrown);
    if (thrown instanceof Outage && thrown.fatal) refuse(thrown);
  }
}

function refusalAfter(because: Outage): Outage {
  return new Outage(
    'refusesWrites',
    `The log takes no more appends in this process after: ${because.message}`,
    { fatal: true, cause: because },
  );
}
