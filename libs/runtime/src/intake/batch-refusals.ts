import { isPosted } from '@tidemark/inventory';
import { ownIdPrefix, type ItemChange, type JournalRecord } from '@tidemark/journal';
import { classOf, wireRefusal, type DecodedEvent, type WireRefusal } from '@tidemark/wire';
import type { WarningRow } from './answer.js';
import type { CompanyState } from './company-state.js';
import { intakeLimits } from './limits.js';

export function itemMismatch(state: CompanyState, change: ItemChange): WireRefusal | undefined {
  if (change.kind === 'count' || change.kind === 'adjustment') return undefined;
  const known = state.itemOf.get(change.id);
  if (known !== undefined && known !== change.item) {
    return wireRefusal({
      rule: 'ITEM_CHANGED',
      field: 'data/item',
      message:
        `Transaction ${change.id} is of item ${known}; it cannot become one of` +
        ` ${change.item}.`,
      remedy: 'Remove it, and send the new item under an id of its own.',
      values: { id: change.id, item: change.item, known },
      mentions: [change.id, known, change.item],
    });
  }
  const from = change.kind === 'transaction' ? change.image.origin : undefined;
  const itemOfOrigin = from?.startsWith(ownIdPrefix) === true ? state.itemOf.get(from) : undefined;
  if (from === undefined || itemOfOrigin === undefined || itemOfOrigin === change.item) {
    return undefined;
  }
  return wireRefusal({
    rule: 'ORIGIN_OF_OTHER_ITEM',
    field: 'data/origin',
    message:
      `${change.id} of item ${change.item} names ${from} as origin, which is of` +
      ` ${itemOfOrigin}.`,
    remedy: 'Name the order that was firmed for this item.',
    values: { id: change.id, origin: from },
    mentions: [change.id, from],
  });
}

export function planMissing(
  state: CompanyState,
  { content }: DecodedEvent,
): WireRefusal | undefined {
  if (content.kind !== 'fact') return undefined;
  const { fact } = content;
  const named =
    fact.kind === 'planDeleted'
      ? [fact.plan]
      : fact.kind === 'currentPlans'
        ? [fact.dynamic, fact.static]
        : [];
  const unknown = named.find((plan) => plan !== undefined && !state.plans.has(plan));
  if (unknown === undefined) return undefined;
  return wireRefusal({
    rule: 'UNKNOWN_PLAN',
    field: 'data',
    message: `There is no plan ${unknown}.`,
    remedy: `Define it first. Plans: ${[...state.plans].slice(0, 10).join(', ')}.`,
    values: { plan: unknown },
    mentions: [unknown],
  });
}

export function reused({ head }: DecodedEvent): WireRefusal {
  return wireRefusal({
    rule: 'ID_REUSE',
    field: 'version',
    message:
      `Version ${head.version} of ${head.id} from ${head.source} is known with other` + ` content.`,
    remedy: 'The first stands. Send what changed under a higher version.',
    values: { id: head.id, version: String(head.version), source: head.source },
    mentions: [head.id],
  });
}

export function parkingFull(parked: number): WireRefusal {
  return wireRefusal({
    rule: 'PARKING_FULL',
    field: '',
    message: `${parked} changes already wait for something unknown; no more are kept waiting.`,
    remedy: 'Send the missing items, groups and calendars first, then this again.',
  });
}

const noWarnings: readonly WarningRow[] = [];

/**
 * Remarks on a change that is taken: what its reading found, its clock, and what its records
 * say.
 */
export function warningsOf(
  event: DecodedEvent,
  at: { readonly row: number; readonly now: number },
  records: readonly JournalRecord[],
): readonly WarningRow[] {
  const { row: index, now } = at;
  const { id, time } = event.head;
  const warnings: WarningRow[] = event.warnings.map((warning) => ({ index, ...warning }));
  if (time !== undefined && time > now + dayMs) {
    const message =
      `The source time of ${id} lies more than a day ahead. Check the` + ` source's clock.`;
    warnings.push({ index, code: 'CLOCK_SKEW', field: 'time', message });
  }
  for (const record of records) {
    const found = warningOf(record, id);
    if (found !== undefined) warnings.push({ index, ...found });
  }
  return warnings.length === 0 ? noWarnings : warnings;
}

function warningOf(record: JournalRecord, id: string): Omit<WarningRow, 'index'> | undefined {
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

const dayMs = 86_400_000;

/** Source times far in the future are a broken clock; order never depends on them. */
export function refuseLate({ head }: DecodedEvent, now: number): WireRefusal | undefined {
  if (head.time === undefined || head.time <= now + intakeLimits.clockAheadDays * dayMs) {
    return undefined;
  }
  return wireRefusal({
    rule: 'DATE_CLOCK',
    code: classOf('DATE_CLOCK'),
    field: 'time',
    message: `The source time of ${head.id} lies more than ten years ahead.`,
    remedy: 'Set the clock of the source.',
    values: { time: new Date(head.time).toISOString() },
    mentions: [head.id],
  });
}

/** A fact larger than one append takes, once it is UTF-8. */
export function factTooLarge({ head, data }: DecodedEvent): WireRefusal | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(data));
  if (bytes <= intakeLimits.factBytes) return undefined;
  return wireRefusal({
    rule: 'TOO_LARGE',
    field: 'data',
    message: `${head.id} has ${bytes} bytes; at most ${intakeLimits.factBytes} are taken.`,
    remedy: 'Split it.',
    values: { bytes: String(bytes) },
    mentions: [head.id],
  });
}
