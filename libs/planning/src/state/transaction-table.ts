import { isPosted, isQuotation, type InventoryTransaction } from '@tidemark/inventory';
import { identityOfText, type Identity, type StateExchange } from '@tidemark/kernel';

/** A transaction as one plan has folded it: a number that stands for it, and its columns. */
export type Handle = number;

const demandRanks: Readonly<Record<string, number>> = {
  salesOrder: 1,
  productionLine: 2,
  transferOrder: 3,
  inventoryJournal: 4,
  kanban: 5,
  forecast: 6,
};
const supplyRanks: Readonly<Record<string, number>> = {
  transferReceipt: 1,
  productionOrder: 2,
  kanban: 3,
  purchaseOrder: 4,
  inventoryJournal: 5,
};
/** Ids of transactions that firming makes begin so (DESIGN law 7). */
const madeByFirming = 'firm/';
/** Rank of a derived demand or supply without a place in the lists of NE-7 and NE-8. */
export const lastDemandRank = 6;
export const safetyStockRank = 7;
export const plannedSupplyRank = 6;

export type Role = 'demand' | 'supply' | 'shipped' | 'none';

/**
 * The transactions of one plan as columns (struct of arrays), addressed by handle. Handles are
 * given once per transaction id and kept, so pegs can name them across runs.
 */
export class TransactionTable {
  readonly #handles = new Map<string, Handle>();
  readonly ids: string[] = [];
  readonly images: (InventoryTransaction | undefined)[] = [];
  readonly quantity: number[] = [];
  /** The date the source gave: requirement date, or confirmed before expected receipt date. */
  readonly day: number[] = [];
  readonly rank: number[] = [];
  /** Position of the firming that made it, 0 for transactions of sources (NE-7 ties). */
  readonly firming: number[] = [];
  readonly #identities: (Identity | undefined)[] = [];
  /** Images that were replaced since the plan was last shown. */
  readonly #replaced = new Map<Handle, InventoryTransaction>();
  #firmings = 0;

  /** Handles follow from the ids; identities are worked out when they are asked for. */
  exchange(io: StateExchange): void {
    io.list(this.ids);
    for (const [handle, id] of this.ids.entries()) this.#handles.set(id, handle);
    io.list(this.images);
    for (const column of [this.quantity, this.day, this.rank, this.firming]) io.list(column);
    io.map(this.#replaced);
    this.#firmings = io.value(this.#firmings);
  }

  /** Takes over everything of another table; this one is still empty. */
  copyFrom(other: TransactionTable): void {
    for (const [id, handle] of other.#handles) this.#handles.set(id, handle);
    // Copied one by one: a call takes only so many arguments.
    for (let handle = 0; handle < other.ids.length; handle += 1) {
      this.ids.push(other.ids[handle] ?? '');
      this.images.push(other.images[handle]);
      this.quantity.push(other.quantity[handle] ?? 0);
      this.day.push(other.day[handle] ?? 0);
      this.rank.push(other.rank[handle] ?? 0);
      this.firming.push(other.firming[handle] ?? 0);
      this.#identities.push(other.#identities[handle]);
    }
    this.#firmings = other.#firmings;
  }

  handleOf(id: string): Handle | undefined {
    return this.#handles.get(id);
  }

  image(handle: Handle): InventoryTransaction | undefined {
    return this.images[handle];
  }

  /** The image of which the plan's last revision told. */
  imageBefore(handle: Handle): InventoryTransaction | undefined {
    return this.#replaced.get(handle) ?? this.images[handle];
  }

  isReplaced(handle: Handle): boolean {
    return this.#replaced.size > 0 && this.#replaced.has(handle);
  }

  /** Transactions whose image is another than the one last shown. */
  replacedHandles(): IterableIterator<Handle> {
    return this.#replaced.keys();
  }

  /** The plan has been shown as it is now. */
  shown(): void {
    this.#replaced.clear();
  }

  identity(handle: Handle): Identity {
    const known = this.#identities[handle];
    if (known !== undefined) return known;
    const made = identityOfText(this.ids[handle] ?? '');
    this.#identities[handle] = made;
    return made;
  }

  /** Puts the image in place of what was there and returns its handle. */
  put(image: InventoryTransaction): Handle {
    const handle = this.#handles.get(image.id) ?? this.#open(image.id);
    this.#keepImage(handle);
    this.images[handle] = image;
    this.quantity[handle] = image.quantity;
    this.day[handle] =
      image.direction === 'receipt' ? (image.confirmedDate ?? image.date) : image.date;
    const ranks = image.direction === 'issue' ? demandRanks : supplyRanks;
    this.rank[handle] = ranks[image.type] ?? lastDemandRank;
    return handle;
  }

  clear(handle: Handle): void {
    this.#keepImage(handle);
    this.images[handle] = undefined;
    this.quantity[handle] = 0;
  }

  /** What part the transaction takes in netting (NE-10, NE-14). */
  roleOf(image: InventoryTransaction): Role {
    if (isPosted(image.status)) return image.direction === 'issue' ? 'shipped' : 'none';
    return image.direction === 'issue' ? 'demand' : 'supply';
  }

  /** True if firming here made the transaction, or the one it took the place of (MO-11). */
  isFirmed(id: string): boolean {
    const handle = this.#handles.get(id);
    const origin = handle === undefined ? undefined : this.images[handle]?.origin;
    return (origin ?? id).startsWith(madeByFirming);
  }

  /** True if the transaction takes part in netting now: not held, no quotation left out. */
  takesPart(handle: Handle, includeQuotations: boolean): boolean {
    const image = this.images[handle];
    if (image === undefined || image.hold) return false;
    return includeQuotations || !isQuotation(image.status);
  }

  #keepImage(handle: Handle): void {
    const image = this.images[handle];
    if (image !== undefined && !this.#replaced.has(handle)) this.#replaced.set(handle, image);
  }

  #open(id: string): Handle {
    const handle = this.ids.length;
    this.#handles.set(id, handle);
    this.ids.push(id);
    this.images.push(undefined);
    this.quantity.push(0);
    this.day.push(0);
    this.rank.push(0);
    this.#identities.push(undefined);
    const firmed = id.startsWith(madeByFirming);
    if (firmed) this.#firmings += 1;
    this.firming.push(firmed ? this.#firmings : 0);
    return handle;
  }
}
