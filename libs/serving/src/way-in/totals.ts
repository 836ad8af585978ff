import type { IntakeAnswer, ParkedRow, RefusedRow, WarningRow } from '@tidemark/runtime';
import type { Position } from '@tidemark/streams';

/** Rows of each kind that an answer lists; the counts tell of all of them. */
export const listedRowsMax = 1_000;

/** The answer to one request, over all its batches; `index` counts the request's events from 0. */
export interface TakenAnswer extends IntakeAnswer {
  /** Refused and parked rows and warnings beyond those listed. */
  readonly unlisted: number;
}

export const outcomes = ['accepted', 'repeated', 'olderIgnored', 'parked', 'refused'] as const;

/** Adds up the answers to the batches of one request. */
export class Totals {
  readonly #counts = { accepted: 0, repeated: 0, olderIgnored: 0, parked: 0, refused: 0 };
  readonly #refusedRows: RefusedRow[] = [];
  readonly #parkedRows: ParkedRow[] = [];
  readonly #warnings: WarningRow[] = [];
  #unlisted = 0;
  #events = 0;
  #position: Position = '';

  get events(): number {
    return this.#events;
  }

  add(answer: IntakeAnswer, events: number): void {
    for (const outcome of outcomes) this.#counts[outcome] += answer[outcome];
    this.#list(this.#refusedRows, answer.refusedRows);
    this.#list(this.#parkedRows, answer.parkedRows);
    this.#list(this.#warnings, answer.warnings);
    this.#events += events;
    this.#position = answer.position;
  }

  answer(): TakenAnswer {
    return {
      ...this.#counts,
      refusedRows: this.#refusedRows,
      parkedRows: this.#parkedRows,
      warnings: this.#warnings,
      unlisted: this.#unlisted,
      position: this.#position,
    };
  }

  #list<Row extends { readonly index: number }>(listed: Row[], rows: readonly Row[]): void {
    const room = listedRowsMax - listed.length;
    for (const row of rows.slice(0, room)) listed.push({ ...row, index: row.index + this.#events });
    this.#unlisted += Math.max(0, rows.length - room);
  }
}
