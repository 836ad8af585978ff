import type { Result } from '@tidemark/kernel';
import type { Position } from './position.js';
import type { NewEvent, StoredEvent } from './stored-event.js';

/** Revision of the last event that the writer has seen in the stream; `noEvents` if it is empty. */
export type ExpectedRevision = number;

/** The revision of a stream before its first event. */
export const noEvents: ExpectedRevision = -1;

/** Revision and position of the last event of an append. */
export interface Appended {
  readonly revision: number;
  readonly position: Position;
}

/**
 * Somebody else appended first: read the stream from `expected + 1`, decide again, append
 * again.
 */
export interface Conflict {
  readonly code: 'CONFLICT';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: number;
}

export type AppendOutcome = Result<Appended, Conflict>;

export interface ReadStreamOptions {
  /** First revision to return. Default: the first event; backwards the last one. */
  readonly from?: number;
  /** Most events to return, 1 to `readLimits.events`. */
  readonly limit: number;
  readonly direction?: 'forwards' | 'backwards';
}

export interface ReadAllOptions {
  /** Only events after this position; default: from the origin. */
  readonly after?: Position;
  /** Most events to return, 1 to `readLimits.events`. */
  readonly limit: number;
  /** Only streams whose name begins with one of these; default: all. */
  readonly streamPrefixes?: readonly string[];
}

export interface FollowOptions {
  readonly after?: Position;
  readonly streamPrefixes?: readonly string[];
  /** Most events of one batch; default `readLimits.batch`. */
  readonly limit?: number;
  /** Ends the following quietly. */
  readonly signal?: AbortSignal;
}

/**
 * A stretch of the log in commit order. `events` are those that were asked for, perhaps none;
 * everything up to `through` has been looked at, so that `through` is what to resume after.
 */
export interface Batch {
  readonly events: readonly StoredEvent[];
  readonly through: Position;
  /** The log ended at `through` when this was read. */
  readonly atHead: boolean;
}

/**
 * The log of events: streams with gap-free revisions, in one commit order over all of them.
 *
 * Every method may throw `Outage` (retry), `StoreClosed` and `LogDamaged`.
 */
export interface EventStore {
  /**
   * True where nobody but the holder of this store can write to the log while it is open. Absent:
   * others may write at any time.
   */
  readonly hasSoleWriter?: boolean;

  /**
   * Appends all `events` or none, and answers when they would survive a loss of power (of the
   * process, for a store in memory).
   *
   * The same event ids at the same expected revision again give the first answer and write nothing,
   * whatever the data. Ids that stand there only in part, or others, are a conflict. Appends in
   * flight at once may be committed together; those of one stream keep the order of the calls.
   * Those of different streams do, too, when they are called in one turn of the event loop, within
   * `turnLimits` and with no others in flight; an outage then leaves a beginning of them.
   *
   * @throws AppendRefused beyond `appendLimits`, for no events, a malformed name, or data that JSON
   * cannot say.
   */
  append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendOutcome>;

  /** Events of one stream by revision; a page may be short, only an empty one is the end. */
  readStream(stream: string, options: ReadStreamOptions): Promise<readonly StoredEvent[]>;

  /** The next stretch of the log; a batch may be short or empty, only `atHead` is the end. */
  readAll(options: ReadAllOptions): Promise<Batch>;

  /** Position of the last event; `origin` if there is none. */
  head(): Promise<Position>;

  /**
   * The log from `after` on and on: each event once, in commit order, in the batches that the
   * reader's own pace makes. `through` grows with every batch. Nothing is read ahead, so a slow
   * reader costs no memory. Ends when `signal` aborts or the store closes; throws what reading
   * throws: follow again after the last `through`.
   */
  follow(options?: FollowOptions): AsyncIterable<Batch>;

  /** Waits for appends in flight, ends the followers, gives everything back. May be repeated. */
  close(): Promise<void>;
}
