import type { Cell, Row, RowChange, TableShape } from '@tidemark/streams';

/** Cells in the order of the table's columns. */
export type Cells = readonly Cell[];

/**
 * What a stretch of changes comes to, to be written in this order: first the rows with these
 * values in these key columns are removed, then rows are put, then rows are added.
 */
export interface FoldedChanges {
  readonly removals: readonly { readonly columns: readonly string[]; readonly values: Cells[] }[];
  readonly puts: readonly Cells[];
  readonly adds: readonly Cells[];
}

/** A removal by other columns than those of the key depends on the rows that stand there. */
export type Unfolded = Row;

type Pending =
  | { readonly kind: 'put' | 'add'; readonly cells: Cells }
  | { readonly kind: 'remove'; readonly cells: Cells };

/**
 * Folds the changes of one table, so that each row is written once and many in one statement:
 * the same rows come out as if the changes were made one by one.
 */
export class ChangeFold {
  readonly #shape: TableShape;
  readonly #columns: readonly string[];
  readonly #keyPlaces: readonly number[];
  /** By the first key column's value, then by the whole key. */
  #pending = new Map<Cell, Map<string, Pending>>();
  #removals = new Map<string, { columns: readonly string[]; values: Cells[] }>();

  constructor(shape: TableShape) {
    this.#shape = shape;
    this.#columns = Object.keys(shape.columns);
    this.#keyPlaces = shape.key.map((name) => this.#columns.indexOf(name));
  }

  /** False for a change that must be made after what is folded, by itself. */
  take(change: RowChange): boolean {
    if ('remove' in change) return this.#remove(change.remove);
    if ('put' in change) {
      this.#set({ kind: 'put', cells: this.#cellsOf(change.put) });
      return true;
    }
    return this.#add(this.#cellsOf(change.add));
  }

  /** What was folded since the last time. */
  flush(): FoldedChanges {
    const puts: Cells[] = [];
    const adds: Cells[] = [];
    const removed: Cells[] = [];
    for (const bucket of this.#pending.values()) {
      for (const { kind, cells } of bucket.values()) {
        if (kind === 'put') puts.push(cells);
        else if (kind === 'add') adds.push(cells);
        else removed.push(this.#keyOf(cells));
      }
    }
    const removals = [...this.#removals.values()];
    if (removed.length > 0) removals.push({ columns: this.#shape.key, values: removed });
    this.#pending = new Map();
    this.#removals = new Map();
    return { removals, puts, adds };
  }

  #cellsOf(row: Row): Cells {
    return this.#columns.map((name) => row[name] ?? null);
  }

  #keyOf(cells: Cells): Cells {
    return this.#keyPlaces.map((place) => cells[place] ?? null);
  }

  #bucketOf(cells: Cells): Map<string, Pending> {
    const first = cells[this.#keyPlaces[0] ?? 0] ?? null;
    const bucket = this.#pending.get(first) ?? new Map<string, Pending>();
    this.#pending.set(first, bucket);
    return bucket;
  }

  #set(pending: Pending): void {
    this.#bucketOf(pending.cells).set(JSON.stringify(this.#keyOf(pending.cells)), pending);
  }

  #add(cells: Cells): boolean {
    const before = this.#bucketOf(cells).get(JSON.stringify(this.#keyOf(cells)));
    if (before === undefined) this.#set({ kind: 'add', cells });
    else if (before.kind === 'remove') this.#set({ kind: 'put', cells });
    else {
      const summed = this.#sum(before.cells, cells);
      // The server counts further than we do.
      if (summed.some((cell) => typeof cell === 'number' && !Number.isSafeInteger(cell))) {
        return false;
      }
      this.#set({ kind: before.kind, cells: summed });
    }
    return true;
  }

  #sum(before: Cells, cells: Cells): Cells {
    return this.#columns.map((name, place) => {
      const cell = cells[place] ?? null;
      if (this.#shape.sums?.includes(name) !== true) return cell;
      return Number(before[place] ?? 0) + Number(cell ?? 0);
    });
  }

  #remove(row: Row): boolean {
    const columns = Object.keys(row);
    const values = Object.values(row);
    if (columns.length === 0 || !columns.every((name) => this.#shape.key.includes(name))) {
      return false;
    }
    // No row has none in a column of its key.
    if (values.includes(null)) return true;
    if (columns.length === this.#shape.key.length) {
      this.#set({ kind: 'remove', cells: this.#cellsOf(row) });
      return true;
    }
    this.#drop(row);
    const name = columns.join();
    const removal = this.#removals.get(name) ?? { columns, values: [] };
    removal.values.push(values);
    this.#removals.set(name, removal);
    return true;
  }

  /** Forgets pending rows with these values. */
  #drop(row: Row): void {
    const first = row[this.#shape.key[0] ?? ''];
    const buckets = first === undefined ? [...this.#pending.values()] : [this.#pending.get(first)];
    const wanted = Object.entries(row).map(
      ([name, value]) => [this.#columns.indexOf(name), value] as const,
    );
    for (const bucket of buckets) {
      for (const [key, { cells }] of bucket ?? []) {
        if (wanted.every(([place, value]) => cells[place] === value)) bucket?.delete(key);
      }
    }
  }
}
