import type { InventoryTransaction } from '@tidemark/inventory';
import { emptyItemJournal, type ItemJournal, type KnownTransaction } from './item-journal.js';
import type { StockPlace } from './stock.js';

type ImageData = Omit<InventoryTransaction, 'company' | 'item'>;

interface SavedTransaction extends Omit<KnownTransaction, 'image' | 'asserted'> {
  readonly id: string;
  readonly image?: ImageData;
  /** True: the very same as `image`. */
  readonly asserted?: ImageData | true;
}

type Entries<Kept> = Kept extends Map<infer Key, infer Value> ? readonly [Key, Value][] : never;

/** A journal's state, or a part of a large one, as a plain value that JSON can say. */
export interface SavedJournal {
  readonly item: string;
  readonly sequence: number;
  readonly transactions: readonly SavedTransaction[];
  readonly counts: Entries<ItemJournal['counts']>;
  readonly adjustments: Entries<ItemJournal['adjustments']>;
  readonly places: readonly (readonly [string, Partial<StockPlace>])[];
}

/** A journal that stays as it is while the other one goes on; values are shared: none changes. */
export function copyJournal(journal: ItemJournal): ItemJournal {
  const places = [...journal.places].map(([key, place]): [string, StockPlace] => [
    key,
    { ...place, timed: [...place.timed] },
  ]);
  return {
    ...journal,
    transactions: new Map(journal.transactions),
    counts: new Map(journal.counts),
    adjustments: new Map(journal.adjustments),
    places: new Map(places),
  };
}

/** The journal in parts of so many transactions at most, to be restored one after the other. */
export function* saveJournal(
  journal: ItemJournal,
  transactionsMax: number,
): Generator<SavedJournal, void, void> {
  const { item, sequence } = journal;
  let transactions: SavedTransaction[] = [];
  for (const [id, known] of journal.transactions) {
    if (transactions.length === transactionsMax) {
      yield { item, sequence, transactions, counts: [], adjustments: [], places: [] };
      transactions = [];
    }
    transactions.push(savedTransaction(id, known));
  }
  yield {
    item,
    sequence,
    transactions,
    counts: [...journal.counts],
    adjustments: [...journal.adjustments],
    places: [...journal.places],
  };
}

function savedTransaction(id: string, known: KnownTransaction): SavedTransaction {
  const { image, asserted, ...rest } = known;
  return {
    id,
    ...rest,
    ...(image === undefined ? undefined : { image: withoutPlace(image) }),
    ...(asserted === undefined
      ? undefined
      : { asserted: asserted === image ? true : withoutPlace(asserted) }),
  };
}

function withoutPlace({ company: _, item: __, ...data }: InventoryTransaction): ImageData {
  return data;
}

/** Puts a part of a journal to what is there of it; absent: to nothing. */
export function restoreJournal(
  saved: SavedJournal,
  company: string,
  journal = emptyItemJournal(company, saved.item),
): ItemJournal {
  const place = { company, item: saved.item };
  journal.sequence = saved.sequence;
  for (const { id, image: data, asserted, ...rest } of saved.transactions) {
    const image = data === undefined ? undefined : { ...place, ...data };
    const standing = asserted === true ? image : asserted && { ...place, ...asserted };
    journal.transactions.set(id, {
      ...rest,
      ...(image === undefined ? undefined : { image }),
      ...(standing === undefined ? undefined : { asserted: standing }),
    });
  }
  for (const [key, count] of saved.counts) journal.counts.set(key, count);
  for (const [key, adjustment] of saved.adjustments) journal.adjustments.set(key, adjustment);
  for (const [key, { dimensions = {}, onHand = 0, countedAt, timed = [] }] of saved.places) {
    journal.places.set(key, { dimensions, onHand, countedAt, timed: [...timed] });
  }
  return journal;
}
