/**
 * Tables and changes of rows as a projection speaks of them. The port of the read-model store has
 * the same shapes; the compiler holds the two together where the projector hands one to the other.
 */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

export interface TableShape {
  readonly name: string;
  readonly columns: Readonly<Record<string, 'text' | 'integer'>>;
  readonly key: readonly string[];
  /** Columns that `add` sums up; it replaces the others. */
  readonly sums?: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
}

export interface ReadModelShape {
  readonly name: string;
  /** Raised whenever tables or their meaning change: the model is then built anew. */
  readonly version: number;
  readonly tables: readonly TableShape[];
}

export type RowChange =
  | { readonly table: string; readonly put: Row }
  | { readonly table: string; readonly add: Row }
  /** Removes every row with these values. */
  | { readonly table: string; readonly remove: Row };
