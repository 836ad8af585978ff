import {
  isPosted,
  samePlanningImage,
  samePostedImage,
  stockEffectOf,
  type InventoryTransaction,
} from '@tidemark/inventory';
import { quantityOf, type Dimensions } from '@tidemark/kernel';
import type { EntryCause, JournalEntry, JournalRecord, StockPosting } from './entry.js';
import type { ItemJournal } from './item-journal.js';
import { countedAlready, mergePostings } from './stock.js';

/** What the next record of an item begins with. */
export interface NextEntry {
  readonly head: { readonly company: string; readonly item: string; readonly cause: EntryCause };
  readonly sequence: number;
}

/**
 * Records of a transaction's new image: entries up to and including its first posted status, then
 * only for what moves the stock or brings it back (NE-11); else a note.
 */
export function recordsOfTransaction(
  journal: ItemJournal,
  sent: InventoryTransaction,
  next: NextEntry,
): readonly JournalRecord[] {
  const { cause } = next.head;
  const before = journal.transactions.get(cause.id)?.asserted;
  const replaced = replacedBy(journal, sent);
  if (replaced !== undefined)
    return recordsOfReplacement(journal, { sent, before, replaced }, next);
  const image = withReference(sent, before?.reference);
  if (before !== undefined && planningSeesNoChange(before, image)) return [note(next, image)];
  return [entryOf(journal, next, { retract: before, assert: image })];
}

function planningSeesNoChange(before: InventoryTransaction, image: InventoryTransaction): boolean {
  const wasPosted = isPosted(before.status);
  if (wasPosted !== isPosted(image.status)) return false;
  return wasPosted ? samePostedImage(before, image) : samePlanningImage(before, image);
}

/**
 * Records of a removal: an open transaction leaves the plan; a posted one is archived and its
 * quantity stays in (or out of) the stock (NE-11). The image it had at the end counts first.
 */
export function recordsOfRemoval(
  journal: ItemJournal,
  removal: { readonly last?: InventoryTransaction },
  next: NextEntry,
): readonly JournalRecord[] {
  const before = journal.transactions.get(next.head.cause.id)?.asserted;
  const last = removal.last ?? before;
  const archived: JournalRecord = { kind: 'note', note: { ...next.head, kind: 'removal' } };
  if (last === undefined) return [archived];
  if (isPosted(last.status)) {
    const image = withReference(last, before?.reference);
    const isKnown = before !== undefined && planningSeesNoChange(before, image);
    if (isKnown) return [archived];
    return [entryOf(journal, next, { retract: before, assert: image }), archived];
  }
  return before === undefined ? [archived] : [entryOf(journal, next, { retract: before })];
}

/** The transaction that firming made and that this order of the source stands for. */
function replacedBy(
  journal: ItemJournal,
  sent: InventoryTransaction,
): InventoryTransaction | undefined {
  if (sent.origin === undefined || sent.origin === sent.id) return undefined;
  return journal.transactions.get(sent.origin)?.asserted;
}

interface Replacement {
  readonly sent: InventoryTransaction;
  readonly before: InventoryTransaction | undefined;
  readonly replaced: InventoryTransaction;
}

/** One step for supply: the order of the source comes with the entry that takes ours away. */
function recordsOfReplacement(
  journal: ItemJournal,
  { sent, before, replaced }: Replacement,
  next: NextEntry,
): readonly JournalRecord[] {
  const assert = withReference(sent, replaced.reference ?? before?.reference);
  if (before === undefined) return [entryOf(journal, next, { retract: replaced, assert })];
  const second = { ...next, sequence: next.sequence + 1 };
  return [
    entryOf(journal, next, { retract: before }),
    entryOf(journal, second, { retract: replaced, assert }),
  ];
}

/** What an order was made for is said by firming here; a source's image does not take it away. */
function withReference(
  image: InventoryTransaction,
  reference: string | undefined,
): InventoryTransaction {
  if (reference === undefined || image.reference !== undefined) return image;
  return { ...image, reference };
}

function note({ head }: NextEntry, image: InventoryTransaction): JournalRecord {
  return { kind: 'note', note: { ...head, kind: 'image', image } };
}

interface Step {
  readonly retract?: InventoryTransaction | undefined;
  readonly assert?: InventoryTransaction;
}

function entryOf(journal: ItemJournal, next: NextEntry, step: Step): JournalRecord {
  const { retract, assert } = step;
  const moved = movesOf(retract, assert);
  const { time } = next.head.cause;
  const isNew = ({ dimensions }: { dimensions: Dimensions }): boolean =>
    !countedAlready(journal.places, dimensions, time);
  const postings = moved.length === 0 || moved.every(isNew) ? moved : moved.filter(isNew);
  const entry: JournalEntry = {
    ...next.head,
    sequence: next.sequence,
    ...(retract === undefined ? {} : { retract }),
    ...(assert === undefined ? {} : { assert }),
    postings,
    ...(postings.length === moved.length ? {} : { warning: 'POSTED_BEFORE_COUNT' }),
  };
  return { kind: 'entry', entry };
}

const noPostings: readonly StockPosting[] = [];

/** The difference that the step makes to the stock. */
function movesOf(
  retract: InventoryTransaction | undefined,
  assert: InventoryTransaction | undefined,
): readonly StockPosting[] {
  const back = retract === undefined ? undefined : effectOf(retract, -1);
  const forth = assert === undefined ? undefined : effectOf(assert, 1);
  if (back === undefined && forth === undefined) return noPostings;
  if (back === undefined || forth === undefined) return [back ?? forth].filter(isThere);
  return mergePostings(back, forth);
}

function effectOf(image: InventoryTransaction, sign: 1 | -1): StockPosting | undefined {
  const effect = stockEffectOf(image);
  if (effect === 0) return undefined;
  return { dimensions: image.dimensions, quantity: quantityOf(sign * effect) };
}

function isThere(posting: StockPosting | undefined): posting is StockPosting {
  return posting !== undefined;
}
