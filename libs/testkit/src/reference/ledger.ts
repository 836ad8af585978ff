import { allDimensions, textOfDimensions } from './nodes.js';
import type { MasterData } from './terms.js';
import type { Amount, Day, Refusal } from './values.js';
import type { PlanSettings, ReferenceWorld, StockRecord, Transaction } from './world.js';
import type { TransactionStatus } from './world.js';

/** One journal entry: the new image of a transaction, or a count, with what it does to stock. */
export interface Entry {
  readonly sequence: number;
  readonly item: string;
  readonly id: string | undefined;
  readonly after: Transaction | undefined;
  readonly stock: readonly StockRecord[];
  /** The transaction whose place this one takes (MO-11 origin). */
  readonly replaces: string | undefined;
  /** The planned order this entry firms; all entries of one firming go together. */
  readonly firms: string | undefined;
}

export interface FirmedPlace {
  readonly position: number;
  readonly line: number;
}

/** The journal and all that holds for every plan. */
export interface Ledger {
  today: Day;
  master: MasterData;
  readonly plans: Readonly<Record<string, PlanSettings>>;
  current: string | undefined;
  readonly images: Map<string, Transaction>;
  /** Posted transactions that were removed: archived, still known. */
  readonly archived: Map<string, Transaction>;
  readonly stock: Map<string, StockRecord>;
  entries: readonly Entry[];
  sequence: number;
  /** Marking decisions by pair; 0 ends one. */
  readonly marks: Map<string, { issue: string; receipt: string; quantity: Amount }>;
  readonly reserved: Set<string>;
  readonly references: Map<string, string>;
  readonly firmed: Map<string, FirmedPlace>;
  readonly firmedOrders: Set<string>;
  /** Receipts firmed from orders for a minimum. */
  readonly minimumServers: Set<string>;
  firmings: number;
  readonly scheduled: Set<string>;
  parked: readonly { transaction?: Transaction; count?: StockRecord }[];
}

const postedStatuses: readonly TransactionStatus[] = ['deducted', 'sold', 'received', 'purchased'];

export function openLedger(world: ReferenceWorld): Ledger {
  const stock = new Map<string, StockRecord>();
  for (const record of world.onHand ?? []) addStock(stock, record);
  return {
    today: world.today,
    master: {
      calendars: world.calendars ?? {},
      groups: world.coverageGroups ?? {},
      items: world.items ?? {},
      boms: (world.boms ?? []).map(withBomId),
    },
    plans: world.plans ?? { dynamic: { kind: 'both' } },
    current: undefined,
    images: new Map((world.transactions ?? []).map((image) => [image.id, image])),
    archived: new Map(),
    stock,
    entries: [],
    sequence: 0,
    marks: new Map(),
    reserved: new Set(),
    references: new Map(),
    firmed: new Map(),
    firmedOrders: new Set(),
    minimumServers: new Set(),
    firmings: 0,
    scheduled: new Set(),
    parked: [],
  };
}

export function withBomId<Version extends { readonly id?: string | undefined }>(
  bom: Version,
  index: number,
): Version {
  return bom.id === undefined ? { ...bom, id: `BOM#${String(index).padStart(6, '0')}` } : bom;
}

function stockKey(record: StockRecord): string {
  return `${record.item}[${textOfDimensions(allDimensions(record.dimensions))}]`;
}

export function addStock(stock: Map<string, StockRecord>, record: StockRecord): void {
  const key = stockKey(record);
  const before = stock.get(key)?.quantity ?? 0;
  stock.set(key, { ...record, quantity: before + record.quantity });
}

export function statusOf(transaction: Transaction): TransactionStatus {
  return transaction.status ?? (transaction.direction === 'issue' ? 'onOrder' : 'ordered');
}

export function isPosted(transaction: Transaction): boolean {
  return postedStatuses.includes(statusOf(transaction));
}

/** The status with a reservation decided here laid over the source's image (DESIGN 2). */
export function effectiveStatus(ledger: Ledger, transaction: Transaction): TransactionStatus {
  const status = statusOf(transaction);
  const overlaid = status === 'onOrder' || status === 'reservedOrdered';
  return overlaid && ledger.reserved.has(transaction.id) ? 'reservedPhysical' : status;
}

/** What a posted transaction has done to stock (NE-11). */
function movementOf(transaction: Transaction, sign: 1 | -1): StockRecord {
  const direction = transaction.direction === 'issue' ? -1 : 1;
  return {
    item: transaction.item,
    dimensions: allDimensions(transaction.dimensions),
    quantity: transaction.quantity * direction * sign,
  };
}

/** NE-11: what a change of a transaction does to stock. */
function movements(before: Transaction | undefined, after: Transaction): readonly StockRecord[] {
  const undone = before !== undefined && isPosted(before) ? [movementOf(before, -1)] : [];
  const done = isPosted(after) ? [movementOf(after, 1)] : [];
  const sums = new Map<string, StockRecord>();
  for (const record of [...undone, ...done]) addStock(sums, record);
  return [...sums.values()].filter((record) => record.quantity !== 0);
}

/** The figures of an image that planning looks at. */
function planningFigures(image: Transaction): string {
  const { direction, type, quantity, date, order, markedTo, confirmedDate } = image;
  const place = textOfDimensions(allDimensions(image.dimensions));
  const figures = [direction, type, quantity, date, statusOf(image), place, order, markedTo];
  return JSON.stringify([...figures, confirmedDate, image.hold === true]);
}

/** NE-11: between posted statuses only quantity and place write an entry. */
function writesEntry(before: Transaction | undefined, after: Transaction): boolean {
  if (before === undefined) return true;
  if (isPosted(before) && isPosted(after)) return movements(before, after).length > 0;
  return planningFigures(before) !== planningFigures(after);
}

export function append(ledger: Ledger, entry: Omit<Entry, 'sequence'>): Entry {
  ledger.sequence += 1;
  const appended = { ...entry, sequence: ledger.sequence };
  ledger.entries = [...ledger.entries, appended];
  for (const record of entry.stock) addStock(ledger.stock, record);
  return appended;
}

/** INVALID_QUANTITY, INVALID_STATUS, ITEM_CHANGED: why an image is refused. */
function refusalOf(ledger: Ledger, image: Transaction): Refusal | undefined {
  const known = ledger.images.get(image.id);
  if (known !== undefined && known.item !== image.item) {
    return { code: 'ITEM_CHANGED', mentions: [image.id, known.item, image.item] };
  }
  if (image.quantity < 0) return { code: 'INVALID_QUANTITY', mentions: [image.id] };
  const issue = ['onOrder', 'reservedOrdered', 'reservedPhysical', 'picked', 'deducted', 'sold'];
  const ofIssue = [...issue, 'quotationIssue'].includes(statusOf(image));
  if (ofIssue !== (image.direction === 'issue')) {
    return { code: 'INVALID_STATUS', mentions: [image.id] };
  }
  return undefined;
}

/** The transaction of firming that this image replaces, if it stands (MO-11). */
function replacedBy(ledger: Ledger, image: Transaction): string | undefined {
  const origin = image.origin;
  if (origin === undefined || origin === image.id) return undefined;
  return ledger.images.has(origin) && ledger.firmed.has(origin) ? origin : undefined;
}

function moveNames(ledger: Ledger, from: string, to: string): void {
  for (const [key, mark] of [...ledger.marks]) {
    if (mark.issue !== from && mark.receipt !== from) continue;
    ledger.marks.delete(key);
    const issue = mark.issue === from ? to : mark.issue;
    const receipt = mark.receipt === from ? to : mark.receipt;
    ledger.marks.set(pairKey(issue, receipt), { issue, receipt, quantity: mark.quantity });
  }
  if (ledger.reserved.delete(from)) ledger.reserved.add(to);
  for (const [order, demand] of ledger.references) {
    if (demand === from) ledger.references.set(order, to);
  }
  const reference = ledger.references.get(from);
  if (reference !== undefined) ledger.references.set(to, reference);
  ledger.references.delete(from);
}

export function pairKey(issue: string, receipt: string): string {
  return JSON.stringify([issue, receipt]);
}

/** A full new image of a transaction: an entry if planning looks at the difference. */
export function upsert(ledger: Ledger, image: Transaction): Entry | Refusal | undefined {
  if (ledger.master.items[image.item] === undefined) {
    ledger.parked = [...ledger.parked, { transaction: image }];
    return { code: 'UNKNOWN_ITEM', mentions: [image.item, image.id] };
  }
  const refused = refusalOf(ledger, image);
  if (refused !== undefined) return refused;
  const replaces = replacedBy(ledger, image);
  const before =
    ledger.images.get(image.id) ??
    (replaces === undefined ? undefined : ledger.images.get(replaces)) ??
    ledger.archived.get(image.id);
  ledger.images.set(image.id, image);
  ledger.archived.delete(image.id);
  if (replaces !== undefined) {
    ledger.images.delete(replaces);
    moveNames(ledger, replaces, image.id);
  } else if (!writesEntry(before, image)) return undefined;
  const stock = movements(before, image);
  const { item, id } = image;
  return append(ledger, { item, id, after: image, stock, replaces, firms: undefined });
}

/** Removes a transaction; a posted one is archived and writes nothing (NE-11). */
export function remove(ledger: Ledger, id: string): Entry | Refusal | undefined {
  const image = ledger.images.get(id);
  if (image === undefined) return { code: 'UNKNOWN_TRANSACTION', mentions: [id] };
  ledger.images.delete(id);
  if (isPosted(image)) {
    ledger.archived.set(id, image);
    return undefined;
  }
  const nothing = { after: undefined, stock: [], replaces: undefined, firms: undefined };
  return append(ledger, { item: image.item, id, ...nothing });
}

/** NE-15: a count posts the difference to the folded stock. */
export function count(ledger: Ledger, counted: StockRecord): Entry | Refusal | undefined {
  if (ledger.master.items[counted.item] === undefined) {
    ledger.parked = [...ledger.parked, { count: counted }];
    return { code: 'UNKNOWN_ITEM', mentions: [counted.item] };
  }
  const before = ledger.stock.get(stockKey(counted))?.quantity ?? 0;
  const stock = [{ ...counted, quantity: counted.quantity - before }];
  if (counted.quantity === before) {
    addStock(ledger.stock, { ...counted, quantity: 0 });
    return undefined;
  }
  const nothing = { after: undefined, replaces: undefined, firms: undefined };
  return append(ledger, { item: counted.item, id: undefined, stock, ...nothing });
}
