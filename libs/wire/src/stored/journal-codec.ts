import type {
  EntryCause,
  JournalEntry,
  JournalNote,
  JournalWarning,
  StockAdjustment,
  StockCount,
} from '@tidemark/journal';
import type { Dimensions } from '@tidemark/kernel';
import {
  dayText,
  decodeImage,
  encodeImage,
  instantText,
  isBlank,
  quantityText,
  storedDay,
  storedDimensions,
  storedQuantity,
  storedTime,
  type StoredImage,
} from './images.js';

interface StoredCause {
  readonly kind: EntryCause['kind'];
  readonly source: string;
  readonly id: string;
  readonly version: number;
  readonly day?: string;
  readonly time?: string;
}

interface StoredMove {
  readonly dimensions?: Dimensions;
  readonly quantity: string;
}

type StoredCount = StoredMove & { readonly asOf?: string };

/** Data of `InventoryEntryRecorded`. */
export interface StoredEntry {
  readonly company: string;
  readonly item: string;
  readonly sequence: number;
  readonly cause: StoredCause;
  readonly retract?: StoredImage;
  readonly assert?: StoredImage;
  readonly postings?: readonly StoredMove[];
  readonly count?: StoredCount;
  readonly adjustment?: StoredMove;
  readonly warning?: JournalWarning;
}

/** Data of `InventoryNoteRecorded`. */
export interface StoredNote {
  readonly company: string;
  readonly item: string;
  readonly kind: JournalNote['kind'];
  readonly cause: StoredCause;
  readonly image?: StoredImage;
  readonly count?: StoredCount;
  readonly adjustment?: StoredMove;
  readonly warning?: JournalWarning;
}

export function encodeEntry(entry: JournalEntry): StoredEntry {
  const { company, item, sequence, retract, assert, postings, count, adjustment } = entry;
  return {
    company,
    item,
    sequence,
    cause: encodeCause(entry.cause),
    ...(retract === undefined ? undefined : { retract: encodeImage(retract) }),
    ...(assert === undefined ? undefined : { assert: encodeImage(assert) }),
    ...(postings.length === 0 ? undefined : { postings: postings.map(encodeMove) }),
    ...(count === undefined ? undefined : { count: encodeCount(count) }),
    ...(adjustment === undefined ? undefined : { adjustment: encodeMove(adjustment) }),
    ...(entry.warning === undefined ? undefined : { warning: entry.warning }),
  };
}

const noPostings: JournalEntry['postings'] = [];

export function decodeEntry(data: StoredEntry): JournalEntry {
  const { company, item, sequence, retract, assert, postings, count, adjustment } = data;
  return {
    company,
    item,
    sequence,
    cause: decodeCause(data.cause),
    ...(retract === undefined ? undefined : { retract: imageOf(retract, data) }),
    ...(assert === undefined ? undefined : { assert: imageOf(assert, data) }),
    postings: postings === undefined ? noPostings : postings.map(decodeMove),
    ...(count === undefined ? undefined : { count: decodeCount(count) }),
    ...(adjustment === undefined ? undefined : { adjustment: decodeMove(adjustment) }),
    ...(data.warning === undefined ? undefined : { warning: data.warning }),
  };
}

export function encodeNote(note: JournalNote): StoredNote {
  const { company, item, kind } = note;
  const head = {
    company,
    item,
    kind,
    cause: encodeCause(note.cause),
    ...(note.warning === undefined ? undefined : { warning: note.warning }),
  };
  switch (note.kind) {
    case 'image':
      return { ...head, image: encodeImage(note.image) };
    case 'removal':
      return head;
    case 'count':
      return { ...head, count: encodeCount(note.count) };
    case 'adjustment':
      return { ...head, adjustment: encodeMove(note.adjustment) };
  }
}

export function decodeNote(data: StoredNote): JournalNote {
  const { company, item, image, count, adjustment, warning } = data;
  const given = warning === undefined ? undefined : { warning };
  const head = { company, item, cause: decodeCause(data.cause), ...given };
  if (image !== undefined) return { ...head, kind: 'image', image: imageOf(image, data) };
  if (count !== undefined) return { ...head, kind: 'count', count: decodeCount(count) };
  if (adjustment !== undefined) {
    return { ...head, kind: 'adjustment', adjustment: decodeMove(adjustment) };
  }
  return { ...head, kind: 'removal' };
}

/**
 * A retracted image may be of a transaction that another one replaces, but never of another
 * item.
 */
const imageOf = decodeImage;

function encodeCause(cause: EntryCause): StoredCause {
  const { kind, source, id, version, day, time } = cause;
  if (day === undefined && time === undefined) return { kind, source, id, version };
  return {
    kind,
    source,
    id,
    version,
    ...(day === undefined ? undefined : { day: dayText(day) }),
    ...(time === undefined ? undefined : { time: instantText(time) }),
  };
}

function decodeCause(cause: StoredCause): EntryCause {
  const { kind, source, id, version, day, time } = cause;
  if (day === undefined && time === undefined) return { kind, source, id, version };
  return {
    kind,
    source,
    id,
    version,
    ...(day === undefined ? undefined : { day: storedDay(day) }),
    ...(time === undefined ? undefined : { time: storedTime(time) }),
  };
}

function encodeMove({ dimensions, quantity }: StockAdjustment): StoredMove {
  const text = quantityText(quantity);
  return isBlank(dimensions) ? { quantity: text } : { dimensions, quantity: text };
}

function decodeMove({ dimensions, quantity }: StoredMove): StockAdjustment {
  return { dimensions: storedDimensions(dimensions), quantity: storedQuantity(quantity) };
}

function encodeCount(count: StockCount): StoredCount {
  const { asOf } = count;
  const move = encodeMove(count);
  return asOf === undefined ? move : { ...move, asOf: instantText(asOf) };
}

function decodeCount(count: StoredCount): StockCount {
  const { asOf } = count;
  const move = decodeMove(count);
  return asOf === undefined ? move : { ...move, asOf: storedTime(asOf) };
}
