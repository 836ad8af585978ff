import type { Position } from '@tidemark/streams';
import type { WireRefusal } from '@tidemark/wire';

/** What became of one event. */
export type RowOutcome = 'accepted' | 'repeated' | 'olderIgnored' | 'parked' | 'refused';

/** An event that can never be taken as it is: kept as a dead letter, told to its sender. */
export interface RefusedRow {
  /** Place in the batch, from 0. */
  readonly index: number;
  readonly code: string;
  readonly rule: string;
  readonly field: string;
  readonly message: string;
  readonly values: Readonly<Record<string, string>>;
  readonly remedy: string;
  readonly mentions: readonly string[];
  /** The dead letter it is kept under. */
  readonly letter: string;
}

/** An event that waits for something unknown. */
export interface ParkedRow {
  readonly index: number;
  readonly code: string;
  /** What it waits for. */
  readonly missing: string;
}

/** A remark on an event that is taken; at most `answerLimits.warnings` are told. */
export interface WarningRow {
  readonly index: number;
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

export const answerLimits = { warnings: 1_000 } as const;

/** The answer to a batch: what became of its events, and where the log stands. */
export interface IntakeAnswer {
  readonly accepted: number;
  readonly repeated: number;
  readonly olderIgnored: number;
  readonly parked: number;
  readonly refused: number;
  readonly refusedRows: readonly RefusedRow[];
  readonly parkedRows: readonly ParkedRow[];
  readonly warnings: readonly WarningRow[];
  /** Everything acknowledged here lies at or before this place. */
  readonly position: Position;
}

interface Row {
  readonly outcome: RowOutcome;
  /** Its event is in the log; not to be taken again. */
  settled: boolean;
  readonly refused?: RefusedRow;
  readonly parked?: ParkedRow;
  readonly warnings: readonly WarningRow[];
}

const noWarnings: readonly WarningRow[] = [];

/** What became of each event of one batch, so far. */
export class BatchRows {
  readonly #rows: (Row | undefined)[];
  /** Row of each change of this batch that was parked. */
  readonly #parked = new Map<string, number>();

  constructor(count: number) {
    this.#rows = Array.from({ length: count }, () => undefined);
  }

  isSettled(index: number): boolean {
    return this.#rows[index]?.settled ?? false;
  }

  settle(index: number): void {
    const row = this.#rows[index];
    if (row !== undefined) row.settled = true;
  }

  tell(index: number, outcome: RowOutcome, warnings: readonly WarningRow[] = noWarnings): void {
    this.#set(index, { outcome, warnings });
  }

  refuse(index: number, refusal: WireRefusal, letter: string): void {
    const { code, rule, field, message, values, remedy, mentions } = refusal;
    const refused = { index, code, rule, field, message, values, remedy, mentions, letter };
    this.#set(index, { outcome: 'refused', refused, warnings: noWarnings });
  }

  park(index: number, id: string, { code, missing }: Omit<ParkedRow, 'index'>): void {
    if (index >= 0) this.#parked.set(id, index);
    const parked = { index, code, missing };
    this.#set(index, { outcome: 'parked', parked, warnings: noWarnings });
  }

  /** The row of a change that was parked in this batch; -1: in an earlier one. */
  rowOf(parked: string): number {
    return this.#parked.get(parked) ?? -1;
  }

  /** A row whose event is in the log, parked perhaps, stays settled whatever it is told next. */
  #set(index: number, told: Omit<Row, 'settled'>): void {
    if (index >= 0) this.#rows[index] = { ...told, settled: this.isSettled(index) };
  }

  answer(position: Position): IntakeAnswer {
    const counts = { accepted: 0, repeated: 0, olderIgnored: 0, parked: 0, refused: 0 };
    const refusedRows: RefusedRow[] = [];
    const parkedRows: ParkedRow[] = [];
    const warnings: WarningRow[] = [];
    for (const row of this.#rows) {
      if (row === undefined) continue;
      counts[row.outcome] += 1;
      if (row.refused !== undefined) refusedRows.push(row.refused);
      if (row.parked !== undefined) parkedRows.push(row.parked);
      if (row.warnings.length > 0 && warnings.length < answerLimits.warnings) {
        warnings.push(...row.warnings);
      }
    }
    return { ...counts, refusedRows, parkedRows, warnings, position };
  }
}
