import type { RowFault, RowPlace } from './import-step.js';

/** Rows of one file: read = taken + refused. */
export interface FileCount {
  readonly file: string;
  readonly rows: number;
  readonly taken: number;
  readonly refused: number;
  readonly remarks: number;
}

/** A line of the report file. */
export interface ReportLine extends RowFault {
  readonly kind: 'refused' | 'remark';
  readonly file: string;
  readonly line: number;
}

interface Count {
  rows: number;
  remarks: number;
  readonly refused: Set<number>;
}

/** The books of an import: every row read is taken or refused, every refusal is in the report. */
export class ImportLedger {
  readonly #files = new Map<string, Count>();
  readonly #report: (line: ReportLine) => void;

  constructor(report: (line: ReportLine) => void) {
    this.#report = report;
  }

  read({ file }: RowPlace): void {
    this.#countOf(file).rows += 1;
  }

  /** A row is refused once, whatever the number of its events that are. */
  refuse(place: RowPlace, fault: RowFault): void {
    this.#countOf(place.file).refused.add(place.line);
    this.#report({ kind: 'refused', ...place, ...fault });
  }

  remark(place: RowPlace, fault: RowFault): void {
    this.#countOf(place.file).remarks += 1;
    this.#report({ kind: 'remark', ...place, ...fault });
  }

  files(): readonly FileCount[] {
    return [...this.#files].map(([file, { rows, refused, remarks }]) => ({
      file,
      rows,
      taken: rows - refused.size,
      refused: refused.size,
      remarks,
    }));
  }

  #countOf(file: string): Count {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const count: Count = { rows: 0, remarks: 0, refused: new Set() };
    this.#files.set(file, count);
    return count;
  }
}
