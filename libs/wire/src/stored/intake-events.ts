/** What a parked change waits for. */
export interface MissingReference {
  readonly kind: 'item' | 'coverageGroup' | 'calendar';
  readonly id: string;
}

/** A fact that names something unknown: kept, and taken up when that arrives (law 12). */
export interface ParkedChange {
  readonly id: string;
  readonly company: string;
  /** `UNKNOWN_ITEM`, `UNKNOWN_COVERAGE_GROUP`, `UNKNOWN_CALENDAR`. */
  readonly code: string;
  readonly waitsFor: MissingReference;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly version: number;
  /** The event as it was sent, with its source. */
  readonly event: unknown;
}

/** A refused event, kept with its reason until it is sent again or given up. */
export interface DeadLetter {
  readonly id: string;
  readonly company: string;
  readonly code: string;
  readonly rule: string;
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
  readonly values: Readonly<Record<string, string>>;
  readonly mentions: readonly string[];
  readonly source?: string;
  /**
   * JSON text of the event, or the text itself where it was no JSON; cut after 64,000
   * characters.
   */
  readonly text: string;
}

export type IntakeEvent =
  | { readonly kind: 'changeParked'; readonly parked: ParkedChange }
  | {
      readonly kind: 'parkedChangeTaken';
      readonly company: string;
      readonly id: string;
      /** What became of it. */
      readonly outcome: 'accepted' | 'repeated' | 'olderIgnored' | 'refused';
    }
  | { readonly kind: 'changeRefused'; readonly letter: DeadLetter }
  | {
      readonly kind: 'deadLetterResolved';
      readonly company: string;
      readonly id: string;
      readonly how: 'sentAgain' | 'givenUp';
    };

export const intakeTypes = {
  changeParked: 'ChangeParked',
  parkedChangeTaken: 'ParkedChangeTaken',
  changeRefused: 'ChangeRefused',
  deadLetterResolved: 'DeadLetterResolved',
} as const satisfies Readonly<Record<IntakeEvent['kind'], string>>;

/** A parked change as a server lists it; undefined for anything else. */
export function readParked(row: unknown): ParkedChange | undefined {
  return hasId(row) && 'waitsFor' in row ? (row as ParkedChange) : undefined;
}

/** A dead letter as a server lists it; undefined for anything else. */
export function readLetter(row: unknown): DeadLetter | undefined {
  return hasId(row) && 'remedy' in row ? (row as DeadLetter) : undefined;
}

function hasId(row: unknown): row is { readonly id: string } {
  return typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string';
}
