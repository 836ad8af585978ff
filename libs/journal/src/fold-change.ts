import { sameDimensions, sameImage } from '@tidemark/inventory';
import { quantityOf, refusal } from '@tidemark/kernel';
import type { FoldOutcome, ItemChange, StockAdjustment, StockCount } from './change.js';
import type { EntryCause, JournalRecord, StockPosting } from './entry.js';
import { recordsOfRemoval, recordsOfTransaction, type NextEntry } from './fold-transaction.js';
import { applyRecord, sourceKey, type ItemJournal } from './item-journal.js';
import { countedAlready, differenceOf, isSuperseded, mergePostings, onHandAt } from './stock.js';

/** Ids that begin so are those of transactions that firming made (DESIGN law 7). */
export const ownIdPrefix = 'firm/';

type ChangeOf<Kind extends ItemChange['kind']> = Extract<ItemChange, { kind: Kind }>;

/**
 * Folds one change into the journal of its item and says what the item's stream takes.
 *
 * Equal version and content is a repeat, a lower version is ignored, an equal version with other
 * content is refused (law 1). A refused change leaves the state as it was.
 */
export function foldChange(journal: ItemJournal, change: ItemChange): FoldOutcome {
  const outcome = decideChange(journal, change);
  if (outcome.outcome === 'entry' || outcome.outcome === 'note') {
    for (const record of outcome.records) applyRecord(journal, record);
  }
  return outcome;
}

/** What would become of the change; the state stays as it is. */
export function decideChange(journal: ItemJournal, change: ItemChange): FoldOutcome {
  switch (change.kind) {
    case 'transaction':
    case 'removal':
      return decideTransaction(journal, change);
    case 'count':
      return decideCount(journal, change);
    case 'adjustment':
      return decideAdjustment(journal, change);
  }
}

function decideTransaction(
  journal: ItemJournal,
  change: ChangeOf<'transaction'> | ChangeOf<'removal'>,
): FoldOutcome {
  const { id, source, version } = change;
  if (id.startsWith(ownIdPrefix)) return refusedReserved(id);
  const known = journal.transactions.get(id);
  if (known !== undefined) {
    if (known.source !== source) return refusedOtherSource(id, known.source, source);
    if (version < known.version) return { outcome: 'olderIgnored' };
    if (version === known.version) {
      const isRepeat =
        change.kind === 'removal'
          ? known.removed
          : !known.removed && known.image !== undefined && sameImage(known.image, change.image);
      return isRepeat ? { outcome: 'repeated' } : refusedReuse(change);
    }
  }
  const next = nextOf(journal, change);
  return change.kind === 'transaction'
    ? finish(journal, change, recordsOfTransaction(journal, change.image, next))
    : finish(journal, change, recordsOfRemoval(journal, change, next));
}

function decideCount(journal: ItemJournal, change: ChangeOf<'count'>): FoldOutcome {
  const { count } = change;
  const known = journal.counts.get(sourceKey(change.source, change.id));
  const seen = seenBefore(change, known?.version, () => sameCount(known?.content, count));
  if (seen !== undefined) return seen;
  const { head, sequence } = nextOf(journal, change);
  if (isSuperseded(journal.places, count)) {
    return noted({ ...head, kind: 'count', count, warning: 'COUNT_SUPERSEDED' });
  }
  const quantity = quantityOf(differenceOf(journal.places, count));
  if (quantity === 0) return noted({ ...head, kind: 'count', count });
  const postings = [{ dimensions: count.dimensions, quantity }];
  const entry = { ...head, sequence, postings, count };
  return finish(journal, change, [{ kind: 'entry', entry }]);
}

function decideAdjustment(journal: ItemJournal, change: ChangeOf<'adjustment'>): FoldOutcome {
  const { adjustment } = change;
  const known = journal.adjustments.get(sourceKey(change.source, change.id));
  const same = () => sameAdjustment(known?.content, adjustment);
  const seen = seenBefore(change, known?.version, same);
  if (seen !== undefined) return seen;
  const { head, sequence } = nextOf(journal, change);
  const before: StockPosting =
    known === undefined
      ? { ...adjustment, quantity: quantityOf(0) }
      : { ...known.content, quantity: quantityOf(0 - known.content.quantity) };
  const moved = mergePostings(before, adjustment);
  const postings = moved.filter(
    ({ dimensions }) => !countedAlready(journal.places, dimensions, change.time),
  );
  const late = postings.length < moved.length;
  const warning = late ? { warning: 'POSTED_BEFORE_COUNT' as const } : {};
  if (postings.length === 0) return noted({ ...head, ...warning, kind: 'adjustment', adjustment });
  const entry = { ...head, ...warning, sequence, postings, adjustment };
  return finish(journal, change, [{ kind: 'entry', entry }]);
}

function nextOf(journal: ItemJournal, change: ItemChange): NextEntry {
  const { company, item } = journal;
  return { head: { company, item, cause: causeOf(change) }, sequence: journal.sequence + 1 };
}

function causeOf({ kind, source, id, version, time }: ItemChange): EntryCause {
  const causeKind = kind === 'removal' ? 'transaction' : kind;
  const cause = { kind: causeKind, source, id, version };
  return time === undefined ? cause : { ...cause, time };
}

type Note = Extract<JournalRecord, { kind: 'note' }>['note'];

function noted(note: Note): FoldOutcome {
  return { outcome: 'note', records: [{ kind: 'note', note }] };
}

/** The records, unless they carry the stock out of the range of a quantity. */
function finish(
  journal: ItemJournal,
  change: ItemChange,
  records: readonly JournalRecord[],
): FoldOutcome {
  for (const record of records) {
    if (record.kind !== 'entry') continue;
    for (const { dimensions, quantity } of record.entry.postings) {
      const stock = onHandAt(journal.places, dimensions) + quantity;
      if (!Number.isSafeInteger(stock)) return refusedRange(change);
    }
  }
  const isEntry = records.some(({ kind }) => kind === 'entry');
  return { outcome: isEntry ? 'entry' : 'note', records };
}

function seenBefore(
  change: ItemChange,
  knownVersion: number | undefined,
  isSame: () => boolean,
): FoldOutcome | undefined {
  if (knownVersion === undefined || change.version > knownVersion) return undefined;
  if (change.version < knownVersion) return { outcome: 'olderIgnored' };
  return isSame() ? { outcome: 'repeated' } : refusedReuse(change);
}

function sameCount(known: StockCount | undefined, count: StockCount): boolean {
  return sameAdjustment(known, count) && known?.asOf === count.asOf;
}

function sameAdjustment(known: StockAdjustment | undefined, now: StockAdjustment): boolean {
  if (known === undefined) return false;
  return known.quantity === now.quantity && sameDimensions(known.dimensions, now.dimensions);
}

function refusedReuse({ id, version, source }: ItemChange): FoldOutcome {
  const message = `Version ${version} of ${id} from ${source} is known with other content.`;
  const remedy = 'The first stands. Send what changed under a higher version.';
  return {
    outcome: 'refused',
    refusal: refusal('ID_REUSE', message, { field: 'version', mentions: [id], remedy }),
  };
}

function refusedOtherSource(id: string, owner: string, source: string): FoldOutcome {
  const message = `Transaction ${id} belongs to source ${owner}; ${source} cannot change it.`;
  const remedy = 'Send it from its first source, or under an id of its own.';
  return {
    outcome: 'refused',
    refusal: refusal('OTHER_SOURCE', message, { field: 'source', mentions: [id], remedy }),
  };
}

function refusedReserved(id: string): FoldOutcome {
  const message = `Transaction id ${id} begins with ${ownIdPrefix}, which firming alone gives.`;
  const remedy =
    `Send the order under its own id, with origin ${id}: it takes the place of` + ` that one.`;
  return {
    outcome: 'refused',
    refusal: refusal('RESERVED_ID', message, { field: 'id', mentions: [id], remedy }),
  };
}

function refusedRange({ id, item }: ItemChange): FoldOutcome {
  const message = `With ${id} the stock of ${item} is beyond 9007199254.740991 units.`;
  const remedy = 'Use a larger inventory unit for this item.';
  return {
    outcome: 'refused',
    refusal: refusal('QTY_RANGE', message, { field: 'quantity', mentions: [item], remedy }),
  };
}
