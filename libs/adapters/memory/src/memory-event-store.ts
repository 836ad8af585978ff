import { failed, success } from '@tidemark/kernel';
import {
  checkReadLimit,
  countOfPosition,
  createBell,
  encodeAppend,
  followLog,
  positionOfCount,
  StoreClosed,
  StoredRecord,
  streamMatches,
} from '@tidemark/streams';
import type {
  Appended,
  AppendOutcome,
  Batch,
  EncodedAppend,
  EventStore,
  NewEvent,
  ReadAllOptions,
  ReadStreamOptions,
  StoredEvent,
} from '@tidemark/streams';

/**
 * What a simulation may do to an append or a read: throw (an `Outage`, say) or return a promise to
 * hold it up. What `afterAppend` throws leaves the append written: the ambiguous outcome.
 */
export interface MemoryFaults {
  beforeAppend?(stream: string, events: readonly NewEvent[]): void | Promise<void>;
  afterAppend?(stream: string, appended: Appended): void | Promise<void>;
  beforeRead?(): void | Promise<void>;
}

export interface MemoryOptions {
  readonly faults?: MemoryFaults;
  /** Several writers use it, as processes share a server's log; default: one. */
  readonly isShared?: boolean;
}

/** The log in arrays. It uses no clock and no timer, so a simulation on it repeats exactly. */
export function openMemoryEventStore(options: MemoryOptions = {}): EventStore {
  const { faults, isShared = false } = options;
  const log = createLog();
  const bell = createBell();
  const checkOpen = () => {
    if (bell.silenced) throw new StoreClosed('The event store in memory');
  };
  const readAll = async (wanted: ReadAllOptions): Promise<Batch> => {
    checkOpen();
    if (faults?.beforeRead) await faults.beforeRead();
    return log.readAll(wanted);
  };
  return {
    ...(isShared ? {} : { hasSoleWriter: true }),
    async append(stream, events, expected): Promise<AppendOutcome> {
      checkOpen();
      const encoded = encodeAppend(stream, events, expected);
      if (faults?.beforeAppend) await faults.beforeAppend(stream, events);
      const outcome = log.append(encoded);
      bell.ring();
      if (outcome.ok && faults?.afterAppend) await faults.afterAppend(stream, outcome.value);
      return outcome;
    },
    async readStream(stream, wanted) {
      checkOpen();
      if (faults?.beforeRead) await faults.beforeRead();
      return log.readStream(stream, wanted);
    },
    readAll,
    async head() {
      checkOpen();
      return log.head();
    },
    follow: (wanted) => followLog({ bell, readAll }, wanted),
    async close() {
      bell.silence();
    },
  };
}

interface MemoryLog {
  append(encoded: EncodedAppend): AppendOutcome;
  readStream(stream: string, wanted: ReadStreamOptions): readonly StoredEvent[];
  readAll(wanted: ReadAllOptions): Batch;
  head(): string;
}

function createLog(): MemoryLog {
  const all: StoredEvent[] = [];
  const streams = new Map<string, StoredEvent[]>();
  return {
    head: () => positionOfCount(all.length),
    append(encoded) {
      const events = streams.get(encoded.stream) ?? [];
      const actual = events.length - 1;
      const { stream, expected } = encoded;
      if (expected !== actual) {
        const earlier = repeatedAppend(events, encoded);
        if (earlier !== undefined) return success(earlier);
        return failed({ code: 'CONFLICT', stream, expected, actual });
      }
      streams.set(stream, events);
      encoded.ids.forEach((_, index) => {
        const event = recordOf(encoded, index, positionOfCount(all.length + 1));
        events.push(event);
        all.push(event);
      });
      return success({ revision: events.length - 1, position: positionOfCount(all.length) });
    },
    readStream: (stream, wanted) => sliceStream(streams.get(stream) ?? [], wanted),
    readAll: (wanted) => sliceLog(all, wanted),
  };
}

function recordOf(encoded: EncodedAppend, index: number, position: string): StoredEvent {
  const { stream, expected, ids, types, dataTexts, metaTexts } = encoded;
  return new StoredRecord(
    stream,
    expected + 1 + index,
    position,
    ids[index] ?? '',
    types[index] ?? '',
    dataTexts[index] ?? '',
    metaTexts[index] ?? '',
  );
}

/** The first answer, if exactly these ids stand behind the expected revision. */
function repeatedAppend(
  events: readonly StoredEvent[],
  { ids, expected }: EncodedAppend,
): Appended | undefined {
  const last = events[expected + ids.length];
  if (last === undefined) return undefined;
  if (ids.some((id, index) => events[expected + 1 + index]?.id !== id)) return undefined;
  return { revision: last.revision, position: last.position };
}

function sliceStream(
  events: readonly StoredEvent[],
  { from, limit, direction }: ReadStreamOptions,
): readonly StoredEvent[] {
  checkReadLimit(limit);
  if (direction !== 'backwards') {
    const first = Math.max(0, from ?? 0);
    return events.slice(first, first + limit);
  }
  const end = Math.min(from ?? events.length - 1, events.length - 1) + 1;
  return end <= 0 ? [] : events.slice(Math.max(0, end - limit), end).toReversed();
}

function sliceLog(
  all: readonly StoredEvent[],
  { after, limit, streamPrefixes }: ReadAllOptions,
): Batch {
  checkReadLimit(limit);
  const start = countAfter(after);
  if (streamPrefixes === undefined) {
    const end = Math.min(all.length, start + limit);
    return { events: all.slice(start, end), ...edge(Math.max(start, end), all.length) };
  }
  const events: StoredEvent[] = [];
  let at = start;
  for (; at < all.length && events.length < limit; at += 1) {
    const event = all[at];
    if (event !== undefined && streamMatches(event.stream, streamPrefixes)) events.push(event);
  }
  return { events, ...edge(at, all.length) };
}

function edge(count: number, total: number): { through: string; atHead: boolean } {
  return { through: positionOfCount(count), atHead: count >= total };
}

function countAfter(after = ''): number {
  const count = countOfPosition(after);
  if (count === undefined) {
    throw new RangeError(`${after} is not a position of this store. Translate it first.`);
  }
  return count;
}
