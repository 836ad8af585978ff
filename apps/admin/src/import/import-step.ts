import type { EventType } from '@tidemark/wire';

/** Where a row stands, as an editor counts: the header is line 1. */
export interface RowPlace {
  readonly file: string;
  readonly line: number;
}

/**
 * An event as the way in takes it; quantities are decimal texts, or numbers where files have
 * them.
 */
export interface ImportEvent {
  readonly type: EventType;
  readonly version: number;
  readonly time?: string;
  readonly data: object;
}

/** Why a row cannot be taken. */
export interface RowFault {
  readonly code: string;
  readonly reason: string;
}

/**
 * What an importer says of its files, in order. A row is read once; it is refused, or taken by the
 * events that stand on it (none, where it only tells how other rows are read).
 */
export type ImportStep =
  | { readonly kind: 'row'; readonly place: RowPlace }
  | { readonly kind: 'refused'; readonly place: RowPlace; readonly fault: RowFault }
  | { readonly kind: 'remark'; readonly place: RowPlace; readonly fault: RowFault }
  | { readonly kind: 'event'; readonly event: ImportEvent; readonly places: readonly RowPlace[] };

export type ImportSteps = Iterable<ImportStep> | AsyncIterable<ImportStep>;

/** An importer at work: its steps, and how far through its input it has come (0 to 1). */
export interface ImportSource {
  /** The source that its events name. */
  readonly source: string;
  readonly steps: ImportSteps;
  fractionDone(): number;
}

/** The whole import cannot go on: a file is missing, or is not what its name says. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}
