import type { InventoryTransaction } from '@tidemark/inventory';
import type { JournalEntry } from '@tidemark/journal';
import type { StateExchange } from '@tidemark/kernel';

export interface PendingEntry {
  readonly entry: JournalEntry;
  readonly position: string;
}

/** Journal entries that a plan has not folded yet, by item, in order of their sequence. */
export class PendingEntries {
  readonly #byItem = new Map<string, PendingEntry[]>();

  exchange(io: StateExchange): void {
    io.map(this.#byItem);
  }

  add(entry: JournalEntry, position: string): void {
    const entries = this.#byItem.get(entry.item);
    if (entries === undefined) this.#byItem.set(entry.item, [{ entry, position }]);
    else entries.push({ entry, position });
  }

  get isEmpty(): boolean {
    return this.#byItem.size === 0;
  }

  has(item: string): boolean {
    return this.#byItem.has(item);
  }

  countOf(item: string): number {
    return this.#byItem.get(item)?.length ?? 0;
  }

  items(): string[] {
    return [...this.#byItem.keys()];
  }

  of(item: string): readonly PendingEntry[] {
    return this.#byItem.get(item) ?? [];
  }

  take(item: string): readonly PendingEntry[] {
    const entries = this.of(item);
    this.#byItem.delete(item);
    return entries;
  }

  /** The last image of a transaction that waits to be folded. */
  imageOf(id: string): InventoryTransaction | undefined {
    for (const entries of this.#byItem.values()) {
      const last = entries.findLast(({ entry }) => entry.assert?.id === id);
      if (last?.entry.assert !== undefined) return last.entry.assert;
    }
    return undefined;
  }

  /** True if lines of a real order wait. */
  hasOrder(order: string): boolean {
    return [...this.#byItem.values()].some((entries) =>
      entries.some(({ entry }) => entry.assert?.order === order),
    );
  }

  clone(): PendingEntries {
    const copy = new PendingEntries();
    for (const [item, entries] of this.#byItem) copy.#byItem.set(item, [...entries]);
    return copy;
  }
}
