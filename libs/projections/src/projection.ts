import type { ProjectedEvent } from './projected-event.js';
import type { ReadModelShape, Row, RowChange } from './tables.js';

/** A read model: its tables, and the rows that each event changes. It remembers nothing. */
export interface Projection {
  readonly shape: ReadModelShape;
  fold(event: ProjectedEvent): Iterable<RowChange>;
}

/** Rows of a read model that readers page through. */
export interface ListedTable {
  readonly shape: ReadModelShape;
  readonly table: string;
  /** The order of the rows within what `where` selects: together unique, none of them null. */
  readonly orderBy: readonly string[];
  /** A row in the words of the public contract: quantities and dates as texts. */
  show(row: Row): Shown;
}

export type Shown = Readonly<Record<string, unknown>>;
