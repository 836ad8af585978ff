import type { Position } from './position.js';

/** A text holds no NUL character and a number is a safe integer: not every engine knows others. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;
export type ColumnType = 'text' | 'integer';

/** A table of a read model. Names are lower-case letters, digits and underscores. */
export interface TableShape {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly key: readonly string[];
  /** Columns that `add` sums up; it replaces the others. */
  readonly sums?: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
}

/** A read model as one release of the software knows it; another version is built anew. */
export interface ReadModelShape {
  readonly name: string;
  readonly version: number;
  readonly tables: readonly TableShape[];
}

/** One change of a table's rows. A column that a row does not name is null. */
export type RowChange =
  | { readonly table: string; readonly put: Row }
  | { readonly table: string; readonly add: Row }
  /** Removes every row with these values. */
  | { readonly table: string; readonly remove: Row };

/** How far a read model has folded: everything up to `through`; follow again after `resume`. */
export interface Checkpoint {
  readonly through: Position;
  readonly resume: Position;
}

/** One build of a read model; a newer one is built beside the one that is served. */
export interface Generation {
  readonly model: string;
  readonly version: number;
  readonly number: number;
}

/** A build as it stands, served or being made. */
export interface BuildStanding extends Generation {
  readonly through: Position;
  readonly isServed: boolean;
}

export interface ModelWrite {
  readonly generation: Generation;
  /** Where the build must stand: `through` of its checkpoint, as the writer knows it. */
  readonly after: Position;
  /**
   * In their order. A large write makes its changes while it is written, so that they are never in
   * memory at once: they are walked through once, and may throw, which undoes the transaction.
   */
  readonly changes: Iterable<RowChange>;
  readonly checkpoint: Checkpoint;
}

export interface RowRange {
  readonly column: string;
  readonly from?: Cell;
  readonly to?: Cell;
}

export interface RowQuery {
  readonly table: string;
  /** Values that columns must have; of a list any one. */
  readonly where?: Readonly<Record<string, Cell | readonly Cell[]>>;
  readonly ranges?: readonly RowRange[];
  readonly orderBy?: readonly string[];
  readonly descending?: boolean;
  /** Only rows that follow these values of the `orderBy` columns. */
  readonly after?: readonly Cell[];
  /** Most rows to return; `readModelLimits.rows` at most. */
  readonly limit?: number;
}

export const readModelLimits = { rows: 10_000, listedValues: 500 } as const;

/** Answers of one moment: no write falls between two of its selects. */
export interface ReadModelReader {
  select(shape: ReadModelShape, query: RowQuery): Promise<readonly Row[]>;
  count(shape: ReadModelShape, query: RowQuery): Promise<number>;
  checkpoint(shape: ReadModelShape): Promise<Checkpoint>;
}

/** No build of this version is served yet: it is being made. */
export class ReadModelNotReady extends Error {
  override readonly name = 'ReadModelNotReady';
  readonly model: string;

  constructor(model: string) {
    super(`Read model ${model} is being built. Ask again in a moment.`);
    this.model = model;
  }
}

/** The build does not stand where its writer left it: somebody else writes it. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';

  constructor(
    { model, number }: Generation,
    after: Position,
    readonly found: Position,
  ) {
    super(
      `Build ${number} of read model ${model} was written up to ${found || 'its beginning'}, not ` +
        `to ${after || 'its beginning'}: by another process, or by a call whose answer was lost.`,
    );
  }
}

/** The build was discarded, or a newer one has taken its place. */
export class BuildGone extends Error {
  override readonly name = 'BuildGone';

  constructor({ model, number }: Generation) {
    super(`Build ${number} of read model ${model} is gone.`);
  }
}

/**
 * Rows that answer questions; everything in it can be built again from the log. All SQL behind it
 * is upserts and simple selects, so that every engine gives the same answers.
 */
export interface ReadModelStore {
  /** The build that is served, if it is of this version. */
  served(shape: ReadModelShape): Promise<Generation | undefined>;
  /** A new empty build beside the one that is served. */
  create(shape: ReadModelShape): Promise<Generation>;
  /** All builds of a model, of any version, that are not dropped. */
  builds(model: string): Promise<readonly BuildStanding[]>;
  /** @throws BuildGone. */
  checkpointOf(generation: Generation): Promise<Checkpoint>;
  /**
   * Writes rows and checkpoints of all models in one transaction, if each build stands where its
   * writer left it: rows are never added twice, whoever else writes. Calls do not overlap.
   *
   * @throws CheckpointMoved, BuildGone.
   */
  write(writes: readonly ModelWrite[]): Promise<void>;
  /**
   * From now on this build answers; those made before it are dropped, in one transaction.
   *
   * @throws BuildGone, of one in whose place a newer one is served, too.
   */
  serve(generation: Generation): Promise<void>;
  discard(generation: Generation): Promise<void>;
  read<Answer>(work: (reader: ReadModelReader) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}
