import { checkReadLimit, positionOfCount, streamMatches } from '@tidemark/streams';
import { countAfter } from './log-reader.js';
import { eventsOfRecord } from './record.js';
import type { Batch, ReadAllOptions, StoredEvent } from '@tidemark/streams';
import type { AppendRecord } from './record.js';

/**
 * The newest records, kept for followers who are at the end of the log: they get what was just
 * committed without reading it back, and all of them share the parsed data.
 */
export interface RecentRecords {
  add(records: readonly AppendRecord[]): void;
  /** The stretch that was asked for, or undefined if it begins before what is kept. */
  read(wanted: ReadAllOptions): Batch | undefined;
}

const recordsKept = 2_000;
const unitsKept = 8_000_000;

interface Kept {
  readonly record: AppendRecord;
  events: readonly StoredEvent[] | undefined;
}

export function createRecentRecords(): RecentRecords {
  let kept: Kept[] = [];
  let units = 0;
  return {
    add(records) {
      for (const record of records) {
        kept.push({ record, events: undefined });
        units += record.data.length;
      }
      let dropped = 0;
      while (kept.length - dropped > recordsKept || units > unitsKept) {
        units -= kept[dropped]?.record.data.length ?? 0;
        dropped += 1;
      }
      if (dropped > 0) kept = kept.slice(dropped);
    },
    read: (wanted) => readKept(kept, wanted),
  };
}

function readKept(kept: readonly Kept[], wanted: ReadAllOptions): Batch | undefined {
  const { after, limit, streamPrefixes } = wanted;
  checkReadLimit(limit);
  const start = countAfter(after);
  const first = kept[0]?.record;
  const last = kept.at(-1)?.record;
  if (first === undefined || last === undefined || start + 1 < first.count) return undefined;
  const total = last.count + last.events - 1;
  const events: StoredEvent[] = [];
  let through = start;
  for (let at = recordAfter(kept, start); at < kept.length; at += 1) {
    const one = kept[at];
    if (one === undefined) break;
    const { record } = one;
    const end = record.count + record.events - 1;
    if (!streamMatches(record.stream, streamPrefixes)) {
      through = end;
      continue;
    }
    one.events ??= eventsOfRecord(record);
    const from = Math.max(0, start + 1 - record.count);
    const taken = one.events.slice(from, from + limit - events.length);
    for (const event of taken) events.push(event);
    through = record.count + from + taken.length - 1;
    if (events.length >= limit) break;
  }
  return { events, through: positionOfCount(through), atHead: through >= total };
}

/** Index of the record that holds the event after `start`. */
function recordAfter(kept: readonly Kept[], start: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const record = kept[middle]?.record;
    if (record !== undefined && record.count + record.events - 1 <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}
