import type { InventoryTransaction, TransactionStatus } from '@tidemark/inventory';
import type { StateExchange } from '@tidemark/kernel';

/** How much of a pair is marked; `undefined`: the whole quantity of both (an image says so). */
export interface Marking {
  readonly receipt: string;
  readonly quantity: number | undefined;
}

/**
 * Markings and reservations that bind coverage (NE-6): those that images name and those that
 * decisions made. A decision on the same pair goes before the image; an image that is silent does
 * not remove it.
 */
export class MarkingBook {
  readonly #decided = new Map<string, Map<string, number>>();
  /** Receipts by issue, with how many of the two images name the pair. */
  readonly #imaged = new Map<string, Map<string, number>>();
  readonly #reserved = new Map<string, TransactionStatus>();

  exchange(io: StateExchange): void {
    io.map(this.#decided);
    io.map(this.#imaged);
    io.map(this.#reserved);
  }

  /** Takes over everything of another book; this one is still empty. */
  copyFrom(other: MarkingBook): void {
    for (const [issue, pairs] of other.#decided) this.#decided.set(issue, new Map(pairs));
    for (const [issue, receipts] of other.#imaged) this.#imaged.set(issue, new Map(receipts));
    for (const [issue, status] of other.#reserved) this.#reserved.set(issue, status);
  }

  /** True if the issue may have a marking; a cheap test before `of`. */
  has(issue: string): boolean {
    return this.#decided.has(issue) || this.#imaged.has(issue);
  }

  /** Markings of an issue in the order in which they were first named. */
  of(issue: string): readonly Marking[] {
    const markings: Marking[] = [];
    const decided = this.#decided.get(issue);
    for (const [receipt, quantity] of decided ?? []) {
      if (quantity > 0) markings.push({ receipt, quantity });
    }
    for (const receipt of this.#imaged.get(issue)?.keys() ?? []) {
      if (decided?.has(receipt) !== true) markings.push({ receipt, quantity: undefined });
    }
    return markings;
  }

  decide(issue: string, receipt: string, quantity: number): void {
    const of = this.#decided.get(issue) ?? new Map<string, number>();
    of.set(receipt, quantity);
    this.#decided.set(issue, of);
  }

  addImage(image: InventoryTransaction): void {
    const pair = pairOf(image);
    if (pair === undefined) return;
    const of = this.#imaged.get(pair.issue) ?? new Map<string, number>();
    of.set(pair.receipt, (of.get(pair.receipt) ?? 0) + 1);
    this.#imaged.set(pair.issue, of);
  }

  /** The pair stays as long as the image of its other side still names it. */
  removeImage(image: InventoryTransaction): void {
    const pair = pairOf(image);
    if (pair === undefined) return;
    const of = this.#imaged.get(pair.issue);
    const left = (of?.get(pair.receipt) ?? 0) - 1;
    if (left > 0) of?.set(pair.receipt, left);
    else of?.delete(pair.receipt);
    if (of?.size === 0) this.#imaged.delete(pair.issue);
  }

  reserve(issue: string, status: TransactionStatus): void {
    this.#reserved.set(issue, status);
  }

  reservationOf(issue: string): TransactionStatus | undefined {
    return this.#reserved.get(issue);
  }

  /** The status that counts: a reservation made here stands until the source goes beyond it. */
  statusOf(image: InventoryTransaction): TransactionStatus {
    if (image.status !== 'onOrder') return image.status;
    return this.#reserved.get(image.id) ?? image.status;
  }

  /** A transaction took the place of another: its markings move over (MO-11, origin). */
  rename(from: string, to: string): void {
    const own = this.#decided.get(from);
    if (own !== undefined) {
      this.#decided.delete(from);
      this.#decided.set(to, own);
    }
    for (const of of this.#decided.values()) {
      const quantity = of.get(from);
      if (quantity === undefined) continue;
      of.delete(from);
      of.set(to, quantity);
    }
  }

  /** All pairs with what they bind, for readers and copies. */
  *entries(): IterableIterator<readonly [string, Marking]> {
    for (const issue of new Set([...this.#decided.keys(), ...this.#imaged.keys()])) {
      for (const marking of this.of(issue)) yield [issue, marking];
    }
  }
}

function pairOf(image: InventoryTransaction): { issue: string; receipt: string } | undefined {
  if (image.markedTo === undefined) return undefined;
  return image.direction === 'issue'
    ? { issue: image.id, receipt: image.markedTo }
    : { issue: image.markedTo, receipt: image.id };
}
