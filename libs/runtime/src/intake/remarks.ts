import { isPosted } from '@tidemark/inventory';
import { onHandAt, type JournalRecord, type StockPlaces } from '@tidemark/journal';
import { formatQuantity } from '@tidemark/kernel';
import { classOf, wireRefusal, type DecodedEvent, type WireRefusal } from '@tidemark/wire';
import type { WarningRow } from './answer.js';
import { intakeLimits } from './limits.js';

/** What a change added to its item's journal, and the stock that came of it. */
export interface Recorded {
  readonly records: readonly JournalRecord[];
  readonly places: StockPlaces;
}

export const nothingRecorded: Recorded = { records: [], places: new Map() };

type Remark = Omit<WarningRow, 'index'>;

const noWarnings: readonly WarningRow[] = [];
const dayMs = 86_400_000;

/**
 * Remarks on a change that is taken: what its reading found, its clock, and what its records
 * say.
 */
export function warningsOf(
  event: DecodedEvent,
  at: { readonly row: number; readonly now: number },
  { records, places }: Recorded,
): readonly WarningRow[] {
  const { row: index, now } = at;
  const { id } = event.head;
  const remarks: Remark[] = [...event.warnings];
  const skewed = timesOf(event).find(({ time }) => time > now + dayMs);
  if (skewed !== undefined) {
    const { field } = skewed;
    const message = `A time of ${id} lies more than a day ahead. Check the source's clock.`;
    remarks.push({ code: 'CLOCK_SKEW', field, message });
  }
  for (const record of records) {
    const found = [warningOf(record, id), belowZero(record, places)];
    for (const remark of found) if (remark !== undefined) remarks.push(remark);
  }
  if (remarks.length === 0) return noWarnings;
  return remarks.map((remark) => ({ index, ...remark }));
}

/** Source times far in the future are a broken clock; order never depends on them. */
export function refuseLate(event: DecodedEvent, now: number): WireRefusal | undefined {
  const latest = now + intakeLimits.clockAheadDays * dayMs;
  const late = timesOf(event).find(({ time }) => time > latest);
  if (late === undefined) return undefined;
  const { id } = event.head;
  return wireRefusal({
    rule: 'DATE_CLOCK',
    code: classOf('DATE_CLOCK'),
    field: late.field,
    message: `A time of ${id} lies more than ten years ahead.`,
    remedy: 'Set the clock of the source.',
    values: { time: new Date(late.time).toISOString() },
    mentions: [id],
  });
}

interface SourceTime {
  readonly field: string;
  readonly time: number;
}

/** When it happened; and when it was counted: postings up to then are in a count (law 5). */
function timesOf({ head, content }: DecodedEvent): readonly SourceTime[] {
  const times: SourceTime[] = [];
  if (head.time !== undefined) times.push({ field: 'time', time: head.time });
  if (content.kind !== 'change' || content.change.kind !== 'count') return times;
  const { asOf } = content.change.count;
  if (asOf !== undefined) times.push({ field: 'data/asOf', time: asOf });
  return times;
}

function warningOf(record: JournalRecord, id: string): Remark | undefined {
  const { warning, item } = record.kind === 'entry' ? record.entry : record.note;
  if (warning === 'COUNT_SUPERSEDED') {
    const message =
      `Count ${id} of ${item} is older than the last count of its place,` + ` which stands.`;
    return { code: warning, field: 'data/asOf', message };
  }
  if (warning === 'POSTED_BEFORE_COUNT') {
    const message = `${id} of ${item} was posted before the last count, which includes it.`;
    return { code: warning, field: 'time', message };
  }
  if (record.kind === 'note') return undefined;
  const { retract, assert } = record.entry;
  if (retract === undefined || assert === undefined) return undefined;
  if (!isPosted(retract.status) || isPosted(assert.status)) return undefined;
  const message =
    `${id} went back from ${retract.status} to ${assert.status}; stock is` + ` given back.`;
  return { code: 'STATUS_REGRESSION', field: 'data/status', message };
}

/** Legal: issues may be posted before the receipt that they take from is (NE-4). */
function belowZero(record: JournalRecord, places: StockPlaces): Remark | undefined {
  if (record.kind === 'note') return undefined;
  const { postings, item } = record.entry;
  for (const { dimensions, quantity } of postings) {
    const stock = onHandAt(places, dimensions);
    if (quantity >= 0 || stock >= 0) continue;
    const message =
      `Stock of ${item} at this place is now ${formatQuantity(stock)}; planning takes stock` +
      ` below zero for none.`;
    return { code: 'NEGATIVE_ON_HAND', field: 'data/quantity', message };
  }
  return undefined;
}
