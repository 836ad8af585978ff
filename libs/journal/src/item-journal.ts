import { isPosted, type InventoryTransaction } from '@tidemark/inventory';
import type { StockAdjustment, StockCount } from './change.js';
import type { EntryCause, JournalEntry, JournalNote, JournalRecord } from './entry.js';
import { postTo, startFrom, type StockPlaces } from './stock.js';

/** What an item's journal knows of one transaction. */
export interface KnownTransaction {
  /** The source that first sent it; it belongs to that one. */
  readonly source: string;
  readonly version: number;
  /** The last image; absent of one that was removed while open, or never seen. */
  readonly image?: InventoryTransaction;
  /** The image that the last entry left in the plan (open) or in the stock (posted). */
  readonly asserted?: InventoryTransaction;
  readonly removed: boolean;
}

interface Known<Content> {
  readonly version: number;
  readonly content: Content;
}

/**
 * The state that an item's changes are folded against: a fold of its entries and notes, owned by
 * one aggregator and changed by `applyRecord` alone.
 */
export interface ItemJournal {
  readonly company: string;
  readonly item: string;
  /** Sequence number of the last entry. */
  sequence: number;
  readonly transactions: Map<string, KnownTransaction>;
  readonly counts: Map<string, Known<StockCount>>;
  readonly adjustments: Map<string, Known<StockAdjustment>>;
  readonly places: StockPlaces;
}

export function emptyItemJournal(company: string, item: string): ItemJournal {
  return {
    company,
    item,
    sequence: 0,
    transactions: new Map(),
    counts: new Map(),
    adjustments: new Map(),
    places: new Map(),
  };
}

/** Counts and inventory journals have an id per source. */
export function sourceKey(source: string, id: string): string {
  return `${source.length}:${source}${id}`;
}

/** The transactions that stand open, as the plan knows them. */
export function openImagesOf(journal: ItemJournal): readonly InventoryTransaction[] {
  const open: InventoryTransaction[] = [];
  for (const { asserted } of journal.transactions.values()) {
    if (asserted !== undefined && !isPosted(asserted.status)) open.push(asserted);
  }
  return open;
}

/** Folds one record into the state; entries of firm decisions come the same way. */
export function applyRecord(journal: ItemJournal, record: JournalRecord): void {
  if (record.kind === 'entry') applyEntry(journal, record.entry);
  else applyNote(journal, record.note);
}

export function applyEntry(journal: ItemJournal, entry: JournalEntry): void {
  const { cause, retract, assert } = entry;
  journal.sequence = Math.max(journal.sequence, entry.sequence);
  if (retract !== undefined) retractIn(journal, retract, cause);
  if (assert !== undefined) {
    const known = { ...originOf(cause), image: assert, asserted: assert, removed: false };
    journal.transactions.set(assert.id, known);
  }
  postTo(journal.places, entry.postings, cause.time);
  if (entry.count !== undefined) keepCount(journal, cause, entry.count);
  if (entry.adjustment !== undefined) keepAdjustment(journal, cause, entry.adjustment);
}

function retractIn(journal: ItemJournal, retract: InventoryTransaction, cause: EntryCause): void {
  const known = journal.transactions.get(retract.id);
  const isOwn = retract.id === cause.id || known === undefined;
  const { source, version } = isOwn ? cause : known;
  journal.transactions.set(retract.id, { source, version, removed: true });
}

function applyNote(journal: ItemJournal, note: JournalNote): void {
  const { cause } = note;
  switch (note.kind) {
    case 'image': {
      const asserted = journal.transactions.get(cause.id)?.asserted ?? note.image;
      const known = { ...originOf(cause), image: note.image, asserted, removed: false };
      journal.transactions.set(cause.id, known);
      return;
    }
    case 'removal': {
      const known = journal.transactions.get(cause.id);
      journal.transactions.set(cause.id, { ...known, ...originOf(cause), removed: true });
      return;
    }
    case 'count':
      if (note.warning === undefined) keepCount(journal, cause, note.count);
      else rememberCount(journal, cause, note.count);
      return;
    case 'adjustment':
      keepAdjustment(journal, cause, note.adjustment);
  }
}

function originOf({ source, version }: EntryCause): { source: string; version: number } {
  return { source, version };
}

function keepCount(journal: ItemJournal, cause: EntryCause, count: StockCount): void {
  startFrom(journal.places, count);
  rememberCount(journal, cause, count);
}

function rememberCount(journal: ItemJournal, cause: EntryCause, content: StockCount): void {
  journal.counts.set(sourceKey(cause.source, cause.id), { version: cause.version, content });
}

function keepAdjustment(journal: ItemJournal, cause: EntryCause, content: StockAdjustment): void {
  journal.adjustments.set(sourceKey(cause.source, cause.id), { version: cause.version, content });
}
